#include "documents/extractors/layout/page_blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "documents/extractors/layout/gutters.h"
#include "documents/extractors/layout/markers.h"
#include "documents/extractors/layout/regions.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kLinesMax = 4'000;         // a page with more is not laid out
constexpr double kOtherSize = 1.12;              // lines of one paragraph differ less
constexpr double kParagraphLeading = 1.3;        // of the region's usual leading
constexpr double kLoneLeading = 1.9;             // of the line's size, where there is no usual leading
constexpr double kIndent = 0.8;                  // of the line's size
constexpr std::size_t kHeadingWords = 25;
constexpr std::size_t kHeadingLines = 3;
constexpr std::size_t kSectionWords = 12;
constexpr double kBulletGap = 4;                 // of the line's size, between a bullet and its text
constexpr std::array<double, 3> kHeadingSizes{1.7, 1.35, 1.15};  // of the body's, for levels 1, 2 and 3

// A bullet that the tool took for a line of its own goes before the line beside it.
std::vector<TextLine> with_bullets(std::vector<TextLine> lines) {
  std::vector<bool> gone(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto& bullet = lines[i];
    const bool alone = bullet.words.size() == 1 && (is_bullet(bullet.words[0].text) || item_marker(bullet.words[0].text + " x") > 0);
    if (!alone) continue;
    std::size_t best = lines.size();
    for (std::size_t j = 0; j < lines.size(); ++j) {
      const auto& line = lines[j];
      const bool beside = j != i && !gone[j] && std::abs(middle(line.box) - middle(bullet.box)) < 0.5 * line.size && line.box.x0 >= bullet.box.x1 &&
                          line.box.x0 - bullet.box.x1 < kBulletGap * line.size;
      if (beside && (best == lines.size() || line.box.x0 < lines[best].box.x0)) best = j;
    }
    if (best == lines.size()) continue;
    auto& line = lines[best];
    line.words.insert(line.words.begin(), bullet.words[0]);
    line.box = united(line.box, bullet.box);
    gone[i] = true;
  }
  std::vector<TextLine> kept;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!gone[i]) kept.push_back(std::move(lines[i]));
  return kept;
}

// Of the distances between the middles of lines below each other.
double usual_leading(const std::vector<TextLine>& lines) {
  std::vector<double> leadings;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const double apart = middle(lines[i].box) - middle(lines[i - 1].box);
    if (apart > 0.3 * lines[i].size) leadings.push_back(apart);
  }
  if (leadings.size() < 3) return 0;
  std::nth_element(leadings.begin(), leadings.begin() + long(leadings.size() / 2), leadings.end());
  return std::min(leadings[leadings.size() / 2], kLoneLeading * median_size(lines));
}

struct Piece {
  std::vector<const TextLine*> lines;
  bool item = false;
};

class Divider {
 public:
  explicit Divider(const Region& region) : lines_(region.lines), box_(region.box), leading_(usual_leading(region.lines)) {}

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
    if (ratio > kOtherSize || ratio < 1 / kOtherSize) return true;
    const double apart = middle(line.box) - middle(above.box);
    if (apart > (leading_ > 0 ? kParagraphLeading * leading_ : kLoneLeading * line.size)) return true;
    if (piece.item) return line.box.x0 < piece.lines.front()->box.x0 - 0.2 * line.size;
    return is_indented(i) || is_after_end(i);
  }

  // The first line of a paragraph is, and the one after it is not.
  bool is_indented(std::size_t i) const {
    const auto& line = lines_[i];
    const double indent = line.box.x0 - lines_[i - 1].box.x0;
    const bool back = i + 1 < lines_.size() && lines_[i + 1].box.x0 < line.box.x0 - 0.5 * line.size;
    return indent > kIndent * line.size && indent < 5 * line.size && back;
  }

  bool is_after_end(std::size_t i) const {
    const auto& above = lines_[i - 1];
    const auto text = line_text(above);
    const bool is_short = above.box.x1 < box_.x1 - 0.2 * (box_.x1 - box_.x0);
    const bool ends = text.ends_with('.') || text.ends_with(':') || text.ends_with('?') || text.ends_with('!');
    return is_short && ends && starts_with_uppercase(line_text(lines_[i]));
  }

  const std::vector<TextLine>& lines_;
  Box box_;
  double leading_;
};

int heading_level(const Piece& piece, const std::string& text, double body_size) {
  const auto words = count_words(text);
  if (piece.lines.size() > kHeadingLines || words > kHeadingWords || body_size <= 0) return 0;
  bool letters = false;
  for_each_word(text, [&](const std::string&) { letters = true; });
  if (!letters || text.ends_with(',') || text.ends_with(';')) return 0;
  const double ratio = piece.lines.front()->size / body_size;
  for (std::size_t level = 0; level < kHeadingSizes.size(); ++level)
    if (ratio >= kHeadingSizes[level]) return int(level) + 1;
  const int depth = section_depth(text);
  return ratio >= 0.98 && depth > 0 && words <= kSectionWords && piece.lines.size() <= 2 ? std::min(depth + 1, 6) : 0;
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

void append_region(const Region& region, double body_size, std::vector<LaidBlock>& blocks) {
  if (!region.table.empty()) {
    blocks.push_back({BlockKind::table, 0, "", region.table, region.box, {}});
    for (const auto& line : region.lines) append_words(line, blocks.back());
    return;
  }
  bool in_list = false;
  for (const auto& piece : Divider(region).pieces()) {
    const auto text = text_of(piece);
    const int level = heading_level(piece, text, body_size);
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
  text += next;
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
  std::vector<LaidBlock> blocks;
  for (const auto& region : reading_order(with_bullets(page.lines))) append_region(region, body_size, blocks);
  return blocks;
}

}  // namespace fragua::documents::extractors
