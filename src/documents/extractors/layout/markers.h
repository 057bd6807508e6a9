// What lines begin with: bullets, numbers of items, numbers of sections.
// Callers: layout/page_blocks, layout/loose_words. Threads: any; pure.
#pragma once
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

// Bytes of the bullet or number that an item begins with, its space too; 0 for none.
std::size_t item_marker(std::string_view line);
bool is_bullet(std::string_view word);
// "2.1 Title" has 2 levels; 0 where the line does not begin like a numbered section.
int section_depth(std::string_view line);

}  // namespace fragua::documents::extractors
