// The sheets of an OpenDocument spreadsheet. Callers: office/odf. Threads: one.
// Dates and percentages are told as in XLSX; repeated empty cells cost nothing.
#pragma once
#include <pugixml.hpp>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

void tell_ods_sheets(pugi::xml_node body, Output& output);

}  // namespace fragua::documents::extractors
