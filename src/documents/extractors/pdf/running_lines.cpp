#include "documents/extractors/pdf/running_lines.h"

#include <algorithm>
#include <cmath>

#include "documents/extractors/layout/page_blocks.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr double kTop = 0.18, kBottom = 0.85;  // of the page's height: where running lines stand
constexpr double kSamePlace = 0.012;           // of the page's height
constexpr double kLargest = 1.15;              // of the usual size of type
constexpr std::size_t kRowsMax = 3;            // at each edge
constexpr std::size_t kNear = 2;               // the next page, or the next one of the same side: it counts twice
constexpr std::size_t kOthersMin = 2;          // pages that must agree, where there are as many

// Page numbers differ, and chapter names may be in small or large letters.
std::string shape(const TextLine& line) {
  std::string out;
  for (const char c : lowercase_unicode(line_text(line))) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit || out.empty() || out.back() != '#') out += digit ? '#' : c;
  }
  return out;
}

bool is_number(const std::string& text) { return text.find_first_not_of("#.,-–% ") == std::string::npos; }

double place_of(const TextLine& line, const PageLines& page) { return middle(line.box) / std::max(page.height, 1.0); }

bool has_like(const PageLines& page, const std::string& wanted, double place) {
  return std::any_of(page.lines.begin(), page.lines.end(), [&](const TextLine& line) {
    return std::abs(place_of(line, page) - place) < kSamePlace && shape(line) == wanted;
  });
}

// Rows of line numbers from the top edge inwards, or from the bottom edge.
std::vector<std::vector<std::size_t>> edge_rows(const PageLines& page, bool from_top) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const double place = place_of(page.lines[i], page);
    if (from_top ? place < kTop : place > kBottom) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double first = middle(page.lines[a].box), second = middle(page.lines[b].box);
    return from_top ? first < second : first > second;
  });
  std::vector<std::vector<std::size_t>> rows;
  for (const auto i : order) {
    const auto& line = page.lines[i];
    const bool same = !rows.empty() && std::abs(middle(page.lines[rows.back().front()].box) - middle(line.box)) < 0.5 * line.size;
    if (!same) rows.emplace_back();
    rows.back().push_back(i);
  }
  return rows;
}

class Judge {
 public:
  Judge(const std::vector<const PageLines*>& pages, std::size_t index)
      : pages_(pages), index_(index), needed_(std::min(kOthersMin, pages.size() - 1)), largest_(kLargest * typical_size(pages)) {}

  // A row runs when all of it does; several numbers in a row are data, wherever they stand.
  bool runs(const std::vector<std::size_t>& row) const {
    const auto& page = *pages_[index_];
    std::size_t numbers = 0;
    for (const auto i : row) {
      if (page.lines[i].size > largest_) return false;  // a chapter's title
      const auto wanted = shape(page.lines[i]);
      numbers += is_number(wanted);
      std::size_t others = 0;
      for (std::size_t other = 0; other < pages_.size(); ++other) {
        if (other == index_ || !has_like(*pages_[other], wanted, place_of(page.lines[i], page))) continue;
        const auto away = other > index_ ? other - index_ : index_ - other;
        others += away <= kNear ? 2 : 1;
      }
      if (others < needed_) return false;
    }
    return needed_ > 0 && (numbers < row.size() || row.size() == 1);
  }

 private:
  const std::vector<const PageLines*>& pages_;
  std::size_t index_;
  std::size_t needed_;
  double largest_;
};

}  // namespace

PageLines without_running_lines(const std::vector<const PageLines*>& pages, std::size_t index) {
  const auto& page = *pages[index];
  const Judge judge(pages, index);
  std::vector<bool> runs(page.lines.size());
  for (const bool from_top : {true, false}) {
    auto rows = edge_rows(page, from_top);
    rows.resize(std::min(rows.size(), kRowsMax));
    for (const auto& row : rows) {
      if (!judge.runs(row)) break;
      for (const auto i : row) runs[i] = true;
    }
  }
  PageLines kept{page.width, page.height, {}};
  for (std::size_t i = 0; i < page.lines.size(); ++i)
    if (!runs[i]) kept.lines.push_back(page.lines[i]);
  return kept.lines.empty() ? page : kept;
}

}  // namespace fragua::documents::extractors
