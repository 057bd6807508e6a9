// Terms: what of a word is compared: the word without its accents, and its stems in the language of its text.
// Callers: analysis, evidence. Threads: one object, one thread at a time.
// Where the language cannot be told, a word has the stems of both.
#pragma once
#include <string>
#include <vector>

#include "search/language.h"
#include "search/stems.h"
#include "search/words.h"

namespace fragua::search {

class Terms {
 public:
  explicit Terms(Language language);

  // First the word itself, its parts side by side with spaces between; then stems that differ from it, each once.
  std::vector<std::string> of(const Word& word);

 private:
  std::vector<Stemmer> stemmers_;
};

// Without words that say nothing, unless there are no others.
std::vector<Word> telling(std::vector<Word> words, Language language);

}  // namespace fragua::search
