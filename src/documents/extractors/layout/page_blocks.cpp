#include "documents/extractors/layout/page_blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "documents/extractors/layout/loose_words.h"
#include "documents/extractors/layout/markers.h"
#include "documents/extractors/layout/regions.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kLinesMax = 4'000;         // a page with more is not laid out
constexpr double kOtherSize = 1.12;              // lines of one paragraph differ less
constexpr double kOtherRoughSize = 1.4;          // the same for lines that were measured roughly
constexpr double kParagraphLeading = 1.3;        // of the region's usual leading
constexpr double kLoneLeading = 1.5;             // of the line's size, where there is no usual leading
constexpr double kIndent = 0.8;                  // of the line's size
constexpr double kRoughly = 0.25;                // by which rough measures are too large at times
constexpr std::size_t kLeaderDots = 5;
constexpr std::size_t kHeadingWords = 25;
constexpr std::size_t kHeadingLines = 3;
constexpr std::size_t kSectionWords = 12;
constexpr std::array<double, 3> kHeadingSizes{1.7, 1.35, 1.15};  // of the body's, for levels 1, 2 and 3

struct Piece {
  std::vector<const TextLine*> lines;
  bool item = false;
};

class Divider {
 public:
  Divider(const Region& region, bool roughly) : lines_(region.lines), box_(region.box), other_size_(roughly ? kOtherRoughSize : kOtherSize) {}

  std::vector<Piece> pieces() const {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const bool item = item_marker(line_text(lines_[i])) > 0;
      if (i == 0 || item || begins(i, pieces.back())) pieces.push_back({{}, item});
      pieces.back().lines.push_back(&lines_[i]);
    }
    return pieces;
  }

 private:
  bool begins(std::size_t i, const Piece& piece) const {
    const auto& line = lines_[i];
    const auto& above = lines_[i - 1];
    const double ratio = line.size / std::max(above.size, 0.01);
    if (ratio > other_size_ || ratio < 1 / other_size_) return true;
    const double apart = middle(line.box) - middle(above.box);
    if (apart > kParagraphLeading * leading(line.size)) return true;
    const bool left = piece.item && line.box.x0 < piece.lines.front()->box.x0 - 0.2 * line.size;
    if (piece.item) return left && (is_short(above) || ends_sentence(above));
    return is_indented(i) || is_after_end(i);
  }

  // Between lines of about this size: what is usual inside the tool's own blocks, else the least that there is.
  double leading(double size) const {
    std::vector<double> inside, all;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      const auto &line = lines_[i], &above = lines_[i - 1];
      const double apart = middle(line.box) - middle(above.box);
      if (apart < 0.5 * size || !is_like(line.size, size) || !is_like(above.size, size)) continue;
      all.push_back(apart);
      if (line.group == above.group) inside.push_back(apart);
    }
    auto& known = inside.empty() ? all : inside;
    if (known.empty()) return kLoneLeading * size;
    const auto at = long(inside.empty() ? known.size() / 5 : known.size() / 2);
    std::nth_element(known.begin(), known.begin() + at, known.end());
    return std::min(known[std::size_t(at)], kLoneLeading * size);
  }

  bool is_like(double a, double b) const { return a < other_size_ * b && b < other_size_ * a; }

  // The first line of a paragraph is, and the one after it is not.
  bool is_indented(std::size_t i) const {
    const auto& line = lines_[i];
    const double indent = line.box.x0 - lines_[i - 1].box.x0;
    const bool back = i + 1 < lines_.size() && lines_[i + 1].box.x0 < line.box.x0 - 0.5 * line.size;
    return indent > kIndent * line.size && indent < 5 * line.size && back;
  }

  bool is_after_end(std::size_t i) const {
    const auto& above = lines_[i - 1];
    return is_short(above) && ends_sentence(above) && starts_with_uppercase(line_text(lines_[i]));
  }

  bool is_short(const TextLine& line) const { return line.box.x1 < box_.x1 - 0.2 * (box_.x1 - box_.x0); }

  static bool ends_sentence(const TextLine& line) {
    const auto text = line_text(line);
    return text.ends_with('.') || text.ends_with(':') || text.ends_with(';') || text.ends_with('?') || text.ends_with('!');
  }

  const std::vector<TextLine>& lines_;
  Box box_;
  double other_size_;
};

struct Body {
  double size = 0;
  bool roughly = false;
};

int heading_level(const Piece& piece, const std::string& text, const Body& body) {
  const auto words = count_words(text);
  if (piece.lines.size() > kHeadingLines || words > kHeadingWords || body.size <= 0) return 0;
  bool letters = false;
  for_each_word(text, [&](const std::string&) { letters = true; });
  if (!letters || text.ends_with(',') || text.ends_with(';')) return 0;
  double ratio = 0;
  for (const auto* line : piece.lines) ratio += line->size / body.size / double(piece.lines.size());
  if (body.roughly) ratio -= kRoughly;
  for (std::size_t level = 0; level < kHeadingSizes.size(); ++level)
    if (ratio >= kHeadingSizes[level]) return int(level) + 1;
  const int depth = section_depth(text);
  return ratio >= (body.roughly ? 0.6 : 0.98) && depth > 0 && words <= kSectionWords && piece.lines.size() <= 2 ? std::min(depth + 1, 6) : 0;
}

std::string text_of(const Piece& piece) {
  std::string text;
  for (const auto* line : piece.lines) join_lines(text, line_text(*line));
  return tidy_line(text);
}

Box box_of(const Piece& piece) {
  auto box = piece.lines.front()->box;
  for (const auto* line : piece.lines) box = united(box, line->box);
  return box;
}

// "- " for bullets; numbers stay as they are.
std::string item_text(const std::string& text) {
  const auto marker = item_marker(text);
  const auto first = text.substr(0, marker == 0 ? 0 : marker - 1);
  return is_bullet(first) ? "- " + text.substr(marker) : text;
}

void append_words(const TextLine& line, LaidBlock& block) { block.words.insert(block.words.end(), line.words.begin(), line.words.end()); }

void append_region(const Region& region, const Body& body, std::vector<LaidBlock>& blocks) {
  if (!region.table.empty()) {
    blocks.push_back({BlockKind::table, 0, "", region.table, region.box, {}});
    for (const auto& line : region.lines) append_words(line, blocks.back());
    return;
  }
  bool in_list = false;
  for (const auto& piece : Divider(region, body.roughly).pieces()) {
    const auto text = text_of(piece);
    const int level = heading_level(piece, text, body);
    const bool item = piece.item && level == 0;
    if (item && in_list) {
      blocks.back().text += "\n" + item_text(text);
      blocks.back().box = united(blocks.back().box, box_of(piece));
    } else {
      const auto kind = level > 0 ? BlockKind::heading : item ? BlockKind::list : BlockKind::paragraph;
      blocks.push_back({kind, level, item ? item_text(text) : text, {}, box_of(piece), {}});
    }
    for (const auto* line : piece.lines) append_words(*line, blocks.back());
    in_list = item;
  }
}

// Written from bottom to top, as on the edge of a page.
bool stands(const TextLine& line) {
  return line.box.y1 - line.box.y0 > 2.5 * (line.box.x1 - line.box.x0) && count_characters(line_text(line)) >= 4;
}

std::vector<LaidBlock> in_given_order(const PageLines& page) {
  std::vector<LaidBlock> blocks;
  int group = -1;
  for (const auto& line : page.lines) {
    if (blocks.empty() || line.group != group) blocks.push_back({BlockKind::paragraph, 0, "", {}, line.box, {}});
    group = line.group;
    join_lines(blocks.back().text, line_text(line));
    blocks.back().box = united(blocks.back().box, line.box);
    append_words(line, blocks.back());
  }
  return blocks;
}

// The dots of a table of contents.
std::string without_leaders(const std::string& line) {
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const auto end = std::min(line.find_first_not_of('.', i), line.size());
    if (end - i >= kLeaderDots) {
      out += " … ";
      i = end;
    } else {
      out += line[i++];
    }
  }
  return out;
}

}  // namespace

void join_lines(std::string& text, const std::string& next) {
  static constexpr std::string_view kSoftHyphen = "\xC2\xAD";
  if (text.ends_with(kSoftHyphen)) {
    text.resize(text.size() - kSoftHyphen.size());
  } else if (text.size() > 1 && text.back() == '-' && ends_with_letter(std::string_view(text).substr(0, text.size() - 1)) && starts_with_lowercase(next)) {
    text.pop_back();
  } else if (!text.empty()) {
    text += ' ';
  }
  text += without_leaders(next);
}

double typical_size(const std::vector<const PageLines*>& pages) {
  std::map<double, std::size_t> characters;
  std::size_t total = 0, passed = 0;
  for (const auto* page : pages)
    for (const auto& line : page->lines) {
      const auto count = count_characters(line_text(line));
      characters[line.size] += count;
      total += count;
    }
  for (const auto& [size, count] : characters) {
    passed += count;
    if (passed * 2 >= total) return size;
  }
  return 0;
}

std::vector<LaidBlock> page_blocks(const PageLines& page, double body_size) {
  if (page.lines.size() > kLinesMax) return in_given_order(page);
  std::vector<TextLine> level, standing;
  for (const auto& line : page.lines) (stands(line) ? standing : level).push_back(line);
  std::vector<LaidBlock> blocks;
  for (const auto& region : reading_order(with_loose_words_joined(std::move(level)))) append_region(region, {body_size, page.measured_roughly}, blocks);
  for (const auto& line : standing) {
    blocks.push_back({BlockKind::paragraph, 0, line_text(line), {}, line.box, {}});
    append_words(line, blocks.back());
  }
  return blocks;
}

}  // namespace fragua::documents::extractors
