// Books (EPUB): the chapters in the order of the book's spine, each read as HTML. There are no pages.
// Callers: registry. Threads: one. Protected ones are Failure(unsupported).
#pragma once
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class EpubExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

}  // namespace fragua::documents::extractors
