#include "cli/word_wrap.h"

#include <doctest/doctest.h>

using namespace fragua::cli;

namespace {

// What a terminal shows after these bytes: it knows newlines, "back n columns" and "clear to the end of the line".
std::string screen_of(const std::string& bytes) {
  std::string screen;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\x1b') {
      screen += bytes[i];
      continue;
    }
    const auto end = bytes.find_first_of("DK", i);
    if (bytes[end] == 'D') screen.resize(screen.size() - std::stoul(bytes.substr(i + 2, end - i - 2)));
    i = end;
  }
  return screen;
}

std::string fed(std::size_t columns, std::string_view text, std::size_t piece) {
  WordWrap wrap(columns);
  std::string bytes;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) bytes += wrap.feed(text.substr(0, piece));
  return screen_of(bytes);
}

}  // namespace

TEST_CASE("word wrap: breaks at words, however the text arrives") {
  const std::string text = "the quick brown fox jumps over";
  for (const std::size_t piece : {1, 2, 3, 7, 100}) CHECK(fed(12, text, piece) == "the quick \nbrown fox \njumps over");
}

TEST_CASE("word wrap: the text's own lines stay") { CHECK(fed(12, "one\n\n  two\nthree", 1) == "one\n\n  two\nthree"); }

TEST_CASE("word wrap: a word longer than the line is cut") { CHECK(fed(5, "abcdefghijkl", 1) == "abcde\nfghij\nkl"); }

TEST_CASE("word wrap: no line is wider than asked, counted in columns") {
  CHECK(fed(6, "日本語日本語", 1) == "日本語\n日本語");
  CHECK(fed(6, "añoñañ oñ", 1) == "añoñañ\noñ");
}

TEST_CASE("word wrap: without columns nothing is touched") {
  CHECK(fed(0, "a long line that stays", 4) == "a long line that stays");
}
