// Words: a text cut where people would cut it (ICU, all scripts), in lower case, with the accents that its language needs.
// Callers: analysis, language. Threads: pure.
// Reads no more than kTextMaxBytes of a text and kWordMaxBytes of a word, so that a hostile text costs no more than a long one.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::search {

constexpr std::size_t kTextMaxBytes = 1 << 20;
constexpr std::size_t kWordMaxBytes = 128;

// A word has one part, and more where something stands between letters: "3.5", "d'Urville", "snake_case", "example.com".
struct Word {
  std::vector<std::string> parts;  // letters and digits only; never none
};

std::vector<Word> words_of(std::string_view text);

// Letters and digits without what is written above or below them: "acción" -> "accion", "ñ" -> "n".
std::string without_accents(std::string_view part);

}  // namespace fragua::search
