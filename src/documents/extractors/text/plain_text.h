// Plain text in any encoding: paragraphs between empty lines; lines that were broken to fit a width are joined. Callers: registry, web/mail.
// Threads: one.
#pragma once
#include <string_view>

#include "documents/extractors/block_joiner.h"
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class PlainTextExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

void tell_plain_text(std::string_view text, BlockJoiner& joiner);

}  // namespace fragua::documents::extractors
