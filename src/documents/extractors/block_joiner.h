// BlockJoiner: makes blocks of paragraphs as they come: list items that follow each other become one list, lines of code one block.
// Callers: office/, web/, text/. Threads: one. Text that is only whitespace is left out.
#pragma once
#include <string>

#include "documents/extractors/extractor.h"
#include "documents/extractors/table.h"

namespace fragua::documents::extractors {

class BlockJoiner {
 public:
  explicit BlockJoiner(Output& output, int page = 0) : output_(output), page_(page) {}
  void heading(int level, const std::string& text);
  void paragraph(const std::string& text);
  // marker: "" or "•" for a bullet, else the number as shown ("2.", "b)").
  void item(const std::string& text, const std::string& marker, int depth);
  void code(const std::string& text);
  void table(std::vector<Row> rows);
  void flush();
  void start_page(int page);

 private:
  void open(BlockKind kind);
  Output& output_;
  int page_;
  BlockKind kind_ = BlockKind::paragraph;
  std::string text_;
};

}  // namespace fragua::documents::extractors
