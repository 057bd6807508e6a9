#include "search/analysis.h"

#include <algorithm>

#include "base/strings.h"
#include "search/terms.h"

namespace fragua::search {

std::string index_terms(std::string_view text) {
  const auto words = words_of(text);
  Terms terms(language_of(words));
  std::string list;
  for (const auto& word : words)
    for (const auto& term : terms.of(word)) list += (list.empty() ? "" : " ") + term;
  return list;
}

std::string match_expression(std::string_view question) {
  auto words = words_of(question);
  const auto language = language_of(words);
  words = telling(std::move(words), language);
  if (words.size() > kQuestionWordsMax) words.resize(kQuestionWordsMax);
  Terms terms(language);
  std::vector<std::string> phrases;
  for (const auto& word : words)
    for (const auto& term : terms.of(word)) {
      auto phrase = '"' + term + '"';
      if (std::find(phrases.begin(), phrases.end(), phrase) == phrases.end()) phrases.push_back(std::move(phrase));
    }
  return join(phrases, " OR ");
}

}  // namespace fragua::search
