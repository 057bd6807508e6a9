// Excel workbooks (XLSX): every sheet is a page with its name as label, hidden ones too, which say so; texts, numbers, dates, booleans and the stored results of
// formulas, which are never computed. Callers: registry. Threads: one.
#pragma once
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class XlsxExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

}  // namespace fragua::documents::extractors
