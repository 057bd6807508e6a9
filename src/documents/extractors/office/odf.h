// OpenDocument: texts (ODT) without pages, presentations (ODP) with a page a slide, spreadsheets (ODS) with a page a sheet.
// Callers: registry. Threads: one. Failure(password_needed): an encrypted one, which only its own program can open.
#pragma once
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

enum class OdfKind { text, presentation, spreadsheet };

class OdfExtractor : public Extractor {
 public:
  explicit OdfExtractor(OdfKind kind) : kind_(kind) {}
  void extract(const Request& request, Output& output) override;

 private:
  OdfKind kind_;
};

}  // namespace fragua::documents::extractors
