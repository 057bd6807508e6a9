// E-mail (EML): subject, from, to and date, then the text; plain text goes before HTML. Attachments are named and not opened.
// Callers: registry. Threads: one.
#pragma once
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class MailExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

}  // namespace fragua::documents::extractors
