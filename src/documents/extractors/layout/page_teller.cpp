#include "documents/extractors/layout/page_teller.h"

namespace fragua::documents::extractors {

void tell_page(Page page, const std::vector<LaidBlock>& blocks, const std::vector<PlacedWord>& loose, const std::function<Box(const Box&)>& back, Output& output) {
  const auto add = [&](const std::vector<PlacedWord>& words) {
    for (const auto& word : words) page.words.push_back({word.text, back(word.box)});
  };
  for (const auto& block : blocks) add(block.words);
  add(loose);
  output.page(page);
  for (const auto& block : blocks) {
    const auto box = back(block.box);
    if (block.kind == BlockKind::table) {
      tell_table({block.rows, page.number, box}, output);
    } else {
      output.block({block.kind, block.text, page.number, block.level, box});
    }
  }
}

}  // namespace fragua::documents::extractors
