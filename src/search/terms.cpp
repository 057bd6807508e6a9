#include "search/terms.h"

#include <algorithm>

namespace fragua::search {

namespace {

bool says_nothing(const Word& word, Language language) {
  return std::all_of(word.parts.begin(), word.parts.end(), [&](const std::string& part) { return is_stop_word(part, language); });
}

}  // namespace

Terms::Terms(Language language) {
  if (language != Language::english) stemmers_.emplace_back(Language::spanish);
  if (language != Language::spanish) stemmers_.emplace_back(Language::english);
}

std::vector<std::string> Terms::of(const Word& word) {
  std::vector<std::string> terms(1);
  std::vector<std::string> plain;
  for (const auto& part : word.parts) {
    plain.push_back(without_accents(part));
    terms[0] += (terms[0].empty() ? "" : " ") + plain.back();
  }
  for (std::size_t i = 0; i < word.parts.size(); ++i)
    for (auto& stemmer : stemmers_) {
      auto stem = without_accents(stemmer.stem(word.parts[i]));
      if (stem != plain[i] && std::find(terms.begin(), terms.end(), stem) == terms.end()) terms.push_back(std::move(stem));
    }
  return terms;
}

std::vector<Word> telling(std::vector<Word> words, Language language) {
  const auto first = std::stable_partition(words.begin(), words.end(), [&](const Word& word) { return !says_nothing(word, language); });
  if (first != words.begin()) words.erase(first, words.end());
  return words;
}

}  // namespace fragua::search
