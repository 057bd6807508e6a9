#include "catalogue/question/leftovers.h"

#include <algorithm>

#include "catalogue/question/date_words.h"
#include "catalogue/question/explicit_days.h"
#include "catalogue/question/forms.h"
#include "catalogue/question/small_words.h"
#include "catalogue/question/word_lists.h"

namespace fragua::catalogue {

namespace {

// What the catalogue calls its things: "concierto", "género".
std::set<std::string> own_words(const Catalogue& catalogue) {
  std::set<std::string> words;
  const auto add = [&](std::string_view text) {
    for (const auto& token : tokens_of(text)) words.insert(base_form(token.word));
  };
  add(catalogue.words.one);
  add(catalogue.words.many);
  add(catalogue.title);
  for (const auto& field : catalogue.fields) add(field.label);
  return words;
}

// A short word with a slip is another word: "salsa" is not "sala".
constexpr std::size_t kSlipLettersMin = 6;

bool is_own(const std::set<std::string>& own, std::string_view word) {
  const auto form = base_form(word);
  if (own.contains(form)) return true;
  if (form.size() < kSlipLettersMin) return false;
  return std::any_of(own.begin(), own.end(), [&](const std::string& known) { return slips(form, known) != kNotMeant; });
}

// Who comes along says nothing of what is wanted: "con mi padre", "for my daughter", "amb el meu fill".
bool is_company(const Question& question, std::size_t at) {
  const auto is_whose = [](std::string_view word) {
    return is_one_of(word, {"mi", "mis", "my", "our", "nuestro", "nuestra", "nuestros", "nuestras", "meu", "meva", "meus", "meves", "minha", "minhas"});
  };
  if (at < 2 || !is_whose(question.word(at - 1))) return false;
  auto with = at - 2;
  if (with > 0 && is_one_of(question.word(with), {"el", "la", "els", "les", "o", "a"})) --with;
  return is_one_of(question.word(with), {"con", "with", "amb", "com", "para", "for", "per", "pra", "y", "and", "i"});
}

}  // namespace

std::vector<Span> find_leftovers(const Catalogue& catalogue, const Question& question) {
  const auto own = own_words(catalogue);
  std::vector<Span> leftovers;
  for (std::size_t at = 0; at < question.size(); ++at) {
    const auto& token = question[at];
    const bool says_something = question.is_free(at) && !number_said(question, at) && token.word.size() > 1 && !is_small(token.word) && !is_currency(token.word) &&
                                !(token.word.front() >= '0' && token.word.front() <= '9') && !is_own(own, token.word) && !is_company(question, at);
    if (!says_something) continue;
    if (!leftovers.empty() && leftovers.back().last == at && !token.follows_break) leftovers.back().last = at + 1;
    else leftovers.push_back({at, at + 1});
  }
  return leftovers;
}

bool are_neighbours(const Question& question, Span a, Span b) {
  if (a.first > b.first) std::swap(a, b);
  return a.last == b.first && !question[b.first].follows_break;
}

}  // namespace fragua::catalogue
