// The text of OpenDocument paragraphs, lists and tables, told to a BlockJoiner. Callers: office/odf. Threads: any.
// Notes stand in brackets where they are called; comments and what tracked changes deleted are left out.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "documents/extractors/block_joiner.h"

namespace fragua::documents::extractors {

std::string odf_paragraph_text(pugi::xml_node paragraph);
// Repeated cells are repeated up to a bound; one merged downwards stands in every row, one merged to the right in its first column.
std::vector<Row> odf_table_rows(pugi::xml_node table);
// The paragraphs, headings, lists and tables below a node, also those in frames and sections.
void tell_odf(pugi::xml_node node, BlockJoiner& joiner, int list_depth = -1);

}  // namespace fragua::documents::extractors
