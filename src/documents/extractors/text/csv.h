// Comma-separated values (also by semicolon, tab or bar) as tables. Callers: registry. Threads: one.
// Formulas are text like any other.
#pragma once
#include <string_view>
#include <vector>

#include "documents/extractors/extractor.h"
#include "documents/extractors/table.h"

namespace fragua::documents::extractors {

class CsvExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

char sniff_delimiter(std::string_view text);
// Quotes as RFC 4180 has them; a quote that is never closed ends at the end of the text.
std::vector<Row> parse_csv(std::string_view text, char delimiter);

}  // namespace fragua::documents::extractors
