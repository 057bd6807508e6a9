// The text of Word's paragraphs and tables: runs, breaks, fields' results; what was deleted with changes tracked is left out, and
// of two versions of the same drawing the first. Callers: office/docx. Threads: any; pure.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "documents/extractors/table.h"

namespace fragua::documents::extractors {

std::string docx_paragraph_text(pugi::xml_node paragraph);
// Short, and all of it bold or in capitals: what people write who do not know of styles.
bool looks_like_heading(pugi::xml_node paragraph, const std::string& text);
// A cell merged downwards is repeated in every row; one merged to the right stands in its first column, the others are blank.
std::vector<Row> docx_table_rows(pugi::xml_node table);
// Text boxes anchored in a paragraph: their own paragraphs and tables, in a container node each.
std::vector<pugi::xml_node> docx_text_boxes(pugi::xml_node paragraph);

}  // namespace fragua::documents::extractors
