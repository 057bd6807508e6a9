// HTML tables: which of them hold data and which only place things on the page, and the rows of the former. Callers: web/html.
// Threads: one. A cell that spans rows is repeated in each; one that spans columns stands in its first, the others are blank.
#pragma once
#include <vector>

#include "documents/extractors/table.h"
#include "documents/extractors/web/dom.h"

namespace fragua::documents::extractors {

bool is_data_table(DomNode table);
std::vector<Row> html_table_rows(DomNode table);
// All text below a node; block elements and <br> begin lines.
std::string html_text(DomNode node);
// Whitespace of the source is no more than a space.
void append_inline_text(std::string& out, std::string_view text);

}  // namespace fragua::documents::extractors
