#include "catalogue/question/question.h"

#include <doctest/doctest.h>

#include "base/strings.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

std::string words(std::string_view text) {
  std::vector<std::string> all;
  for (const auto& token : tokens_of(text)) all.push_back(token.word);
  return join(all, "|");
}

}  // namespace

TEST_CASE("question: words are folded, signs part them, numbers keep theirs") {
  CHECK(words("¿Hay METAL en Málaga?") == "hay|metal|en|malaga");
  CHECK(words("L’Olympia, d'abril; thrash-metal") == "l|olympia|d|abril|thrash|metal");
  CHECK(words("menos de 30€ o $20,50") == "menos|de|30|€|o|$|20,50");
  CHECK(words("15/03/2026 2026-03-15 21:30 15th 20-40") == "15/03/2026|2026-03-15|21:30|15|th|20|-|40");
  CHECK(words("  ") == "");
  CHECK(words("🎸 <30") == "<|30");
  CHECK(words("\xff\xfe rock \xc3") == "rock");
}

TEST_CASE("question: numbers are read as they are written in Spain and in England") {
  const auto number = [](std::string_view text) { return tokens_of(text).front().number.value_or(-1); };
  CHECK(number("30") == 30);
  CHECK(number("30,5") == 30.5);
  CHECK(number("30.50") == 30.5);
  CHECK(number("1.200") == 1200);
  CHECK(number("1.200,50") == 1200.5);
  CHECK(number("15/3") == -1);
  CHECK(number("21:30") == -1);
}

TEST_CASE("question: what is taken is not free, and spans are quoted as they stand") {
  Question question("Thrash Metal en «València»");
  CHECK(question.says(0, "thrash metal en"));
  CHECK_FALSE(question.says(3, "valencia hoy"));
  CHECK(question.text_of({0, 2}) == "Thrash Metal");
  CHECK(question.text_of({3, 4}) == "València");
  question.take({0, 2});
  CHECK_FALSE(question.is_free(1));
  CHECK(question.is_free(Span{2, 4}));
  CHECK_FALSE(question.is_free(Span{2, 9}));
  CHECK(question.word(99) == "");
}

TEST_CASE("question: a book is read no further than its first page") {
  std::string book;
  for (int i = 0; i < 10'000; ++i) book += "ñu ";
  const Question question(book);
  CHECK(question.size() <= kQuestionMaxWords);
  CHECK(tokens_of("a, b")[1].follows_break);
  CHECK_FALSE(tokens_of("a b")[1].follows_break);
}
