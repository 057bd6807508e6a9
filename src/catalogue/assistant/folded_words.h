// Folded words: a text as words without case and accents, and patterns over them ("mas barat* | cheapest | cuantos ~ hay").
// Callers: catalogue/assistant. Threads: pure.
// A pattern: alternatives between bars; a word that ends with * is a beginning; ~ stands for up to three words.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::catalogue::assistant {

using FoldedWords = std::vector<std::string>;

FoldedWords folded_words(std::string_view text);

// Where `run` stands in `words`, all of it, side by side.
std::optional<std::size_t> position_of(const FoldedWords& words, const FoldedWords& run);

struct WordRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first place where one of the alternatives stands.
std::optional<WordRange> find_pattern(const FoldedWords& words, std::string_view pattern);
inline bool says(const FoldedWords& words, std::string_view pattern) { return find_pattern(words, pattern).has_value(); }
// The pattern stands at the very beginning.
bool begins_with(const FoldedWords& words, std::string_view pattern);

}  // namespace fragua::catalogue::assistant
