#include "catalogue/assistant/folded_words.h"

#include <algorithm>

#include "base/strings.h"
#include "search/words.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kGapWords = 3;

bool is_match(std::string_view word, std::string_view wanted) {
  if (wanted.ends_with('*')) return word.starts_with(wanted.substr(0, wanted.size() - 1));
  return word == wanted;
}

// Where the alternative that begins at `at` ends.
std::optional<std::size_t> end_of(const FoldedWords& words, std::size_t at, const std::vector<std::string>& wanted, std::size_t from) {
  for (std::size_t i = from; i < wanted.size(); ++i) {
    if (wanted[i] == "~") {
      for (std::size_t gap = 0; gap <= kGapWords && at + gap < words.size(); ++gap)
        if (const auto end = end_of(words, at + gap, wanted, i + 1)) return end;
      return std::nullopt;
    }
    if (at >= words.size() || !is_match(words[at], wanted[i])) return std::nullopt;
    ++at;
  }
  return at;
}

std::vector<std::string> parts_of(std::string_view alternative) {
  auto parts = split(trimmed(alternative), ' ');
  std::erase(parts, "");
  return parts;
}

}  // namespace

FoldedWords folded_words(std::string_view text) {
  FoldedWords words;
  for (const auto& word : search::words_of(text))
    for (const auto& part : word.parts) words.push_back(search::without_accents(part));
  return words;
}

std::optional<std::size_t> position_of(const FoldedWords& words, const FoldedWords& run) {
  if (run.empty()) return std::nullopt;
  const auto found = std::search(words.begin(), words.end(), run.begin(), run.end());
  if (found == words.end()) return std::nullopt;
  return std::size_t(found - words.begin());
}

std::optional<WordRange> find_pattern(const FoldedWords& words, std::string_view pattern) {
  for (const auto& alternative : split(pattern, '|')) {
    const auto wanted = parts_of(alternative);
    if (wanted.empty()) continue;
    for (std::size_t at = 0; at < words.size(); ++at)
      if (const auto end = end_of(words, at, wanted, 0)) return WordRange{at, *end};
  }
  return std::nullopt;
}

bool begins_with(const FoldedWords& words, std::string_view pattern) {
  for (const auto& alternative : split(pattern, '|')) {
    const auto wanted = parts_of(alternative);
    if (!wanted.empty() && end_of(words, 0, wanted, 0)) return true;
  }
  return false;
}

}  // namespace fragua::catalogue::assistant
