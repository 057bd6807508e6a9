#include "search/analysis.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "search/language.h"
#include "search/stems.h"
#include "search/words.h"

namespace fragua::search {

namespace {

// The stems of a text's language; of both where it cannot be told.
class Stems {
 public:
  explicit Stems(Language language) {
    if (language != Language::english) stemmers_.emplace_back(Language::spanish);
    if (language != Language::spanish) stemmers_.emplace_back(Language::english);
  }

  // Those that differ from the word itself, each once.
  std::vector<std::string> of(std::string_view part, std::string_view plain) {
    std::vector<std::string> stems;
    for (auto& stemmer : stemmers_) {
      auto stem = without_accents(stemmer.stem(part));
      if (!stem.empty() && stem != plain && std::find(stems.begin(), stems.end(), stem) == stems.end()) stems.push_back(std::move(stem));
    }
    return stems;
  }

 private:
  std::vector<Stemmer> stemmers_;
};

void append(std::string& list, std::string_view separator, std::string_view item) {
  if (item.empty()) return;
  if (!list.empty()) list += separator;
  list += item;
}

bool says_nothing(const Word& word, Language language) {
  return std::all_of(word.parts.begin(), word.parts.end(), [&](const std::string& part) { return is_stop_word(part, language); });
}

std::vector<Word> words_to_ask_for(std::vector<Word> words, Language language) {
  std::vector<Word> telling;
  std::copy_if(words.begin(), words.end(), std::back_inserter(telling), [&](const Word& word) { return !says_nothing(word, language); });
  if (telling.empty()) telling = std::move(words);
  if (telling.size() > kQuestionWordsMax) telling.resize(kQuestionWordsMax);
  return telling;
}

}  // namespace

std::string index_terms(std::string_view text) {
  const auto words = words_of(text);
  Stems stems(language_of(words));
  std::string terms;
  for (const auto& word : words) {
    // The parts of a word stand side by side, so that a phrase finds them.
    for (const auto& part : word.parts) append(terms, " ", without_accents(part));
    for (const auto& part : word.parts)
      for (const auto& stem : stems.of(part, without_accents(part))) append(terms, " ", stem);
  }
  return terms;
}

std::string match_expression(std::string_view question) {
  auto words = words_of(question);
  const auto language = language_of(words);
  Stems stems(language);
  std::vector<std::string> phrases;
  const auto ask = [&](std::string phrase) {
    if (!phrase.empty() && std::find(phrases.begin(), phrases.end(), phrase) == phrases.end()) phrases.push_back(std::move(phrase));
  };
  for (const auto& word : words_to_ask_for(std::move(words), language)) {
    std::string whole;
    for (const auto& part : word.parts) append(whole, " ", without_accents(part));
    ask(std::move(whole));
    for (const auto& part : word.parts)
      for (auto& stem : stems.of(part, without_accents(part))) ask(std::move(stem));
  }
  std::string expression;
  for (const auto& phrase : phrases) append(expression, " OR ", '"' + phrase + '"');
  return expression;
}

}  // namespace fragua::search
