#include "documents/extractors/block_joiner.h"

#include <algorithm>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kDepthMax = 8;

}  // namespace

void BlockJoiner::flush() {
  if (!text_.empty()) output_.block({kind_, text_, page_});
  text_.clear();
}

void BlockJoiner::start_page(int page) {
  flush();
  page_ = page;
}

void BlockJoiner::open(BlockKind kind) {
  if (kind_ != kind) flush();
  kind_ = kind;
  if (!text_.empty()) text_ += '\n';
}

void BlockJoiner::heading(int level, const std::string& text) {
  flush();
  if (const auto line = tidy_line(text); !line.empty()) output_.block({BlockKind::heading, line, page_, level});
}

void BlockJoiner::paragraph(const std::string& text) {
  const auto lines = tidy_lines(text);
  if (lines.empty()) return;
  flush();
  output_.block({BlockKind::paragraph, lines, page_});
}

void BlockJoiner::item(const std::string& text, const std::string& marker, int depth) {
  const auto line = tidy_line(text);
  if (line.empty()) return;
  open(BlockKind::list);
  text_ += std::string(std::size_t(std::clamp(depth, 0, kDepthMax)) * 2, ' ') + (marker.empty() || marker == "•" ? "-" : marker) + " " + line;
}

void BlockJoiner::code(const std::string& text) {
  auto lines = tidy_code(text);
  if (lines.empty()) return;
  open(BlockKind::code);
  text_ += lines;
}

void BlockJoiner::table(std::vector<Row> rows) {
  flush();
  tell_table({std::move(rows), page_, std::nullopt}, output_);
}

}  // namespace fragua::documents::extractors
