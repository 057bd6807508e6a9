// Tells a laid-out page: its words in the order of its blocks, then the blocks. Callers: pdf/, ocr/. Threads: one.
// `back` turns a place on the laid-out page into one on the page as people see it.
#pragma once
#include <functional>
#include <vector>

#include "documents/extractors/layout/page_blocks.h"

namespace fragua::documents::extractors {

// page: all but its words. loose: words that belong to no block (headers, footers).
void tell_page(Page page, const std::vector<LaidBlock>& blocks, const std::vector<PlacedWord>& loose, const std::function<Box(const Box&)>& back, Output& output);

}  // namespace fragua::documents::extractors
