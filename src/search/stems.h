// Stems: what forms of a word have in common ("acciones", "acción" -> "accion"), by the Snowball algorithms.
// Callers: analysis. Threads: one object, one thread at a time.
// Wants lower case with accents, as words_of gives it; numbers and words of other scripts come back as they are.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "search/language.h"

struct sb_stemmer;

namespace fragua::search {

class Stemmer {
 public:
  explicit Stemmer(Language language);  // spanish or english
  std::string stem(std::string_view part);

 private:
  struct Close {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Close> stemmer_;
};

}  // namespace fragua::search
