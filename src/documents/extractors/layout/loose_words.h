// Small things that the tools take for lines of their own: bullets beside their items, raised and lowered signs, marks of footnotes. They
// go into the line that they belong to. Callers: layout/page_blocks. Threads: any; pure.
#pragma once
#include <vector>

#include "documents/extractors/layout/lines.h"

namespace fragua::documents::extractors {

std::vector<TextLine> with_loose_words_joined(std::vector<TextLine> lines);

}  // namespace fragua::documents::extractors
