// Blocks of a page from its lines: paragraphs, headings by their size, lists by their bullets, tables. Callers: pdf/, ocr/. Threads: any; pure.
// Hyphens at the ends of lines are joined. Boxes are in the page's unit.
#pragma once
#include <vector>

#include "documents/extractors/layout/lines.h"
#include "documents/extractors/table.h"

namespace fragua::documents::extractors {

struct LaidBlock {
  BlockKind kind = BlockKind::paragraph;
  int level = 0;
  std::string text;
  std::vector<Row> rows;  // of a table, instead of text
  Box box;
  std::vector<PlacedWord> words;  // in reading order
};

// body_size: the size of the document's running text, 0 if it is not known.
std::vector<LaidBlock> page_blocks(const PageLines& page, double body_size);
// The size of most of the characters.
double typical_size(const std::vector<const PageLines*>& pages);
// Two lines of running text as one.
void join_lines(std::string& text, const std::string& next);

}  // namespace fragua::documents::extractors
