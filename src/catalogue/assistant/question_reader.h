// QuestionReader: what a question asks of a catalogue, as a filter. Callers: catalogue/assistant. Threads: the loop's only.
// catalogue/question implements it; tests have a fake.
#pragma once
#include "catalogue/catalogues.h"
#include "catalogue/understanding.h"

namespace fragua::catalogue::assistant {

class QuestionReader {
 public:
  virtual ~QuestionReader() = default;
  virtual Task<Understanding> read(CataloguePointer catalogue, std::string question) = 0;
  // In the catalogue's time zone: YYYY-MM-DD.
  virtual std::string today(const Catalogue& catalogue) = 0;
};

}  // namespace fragua::catalogue::assistant
