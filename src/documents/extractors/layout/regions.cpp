#include "documents/extractors/layout/regions.h"

#include <algorithm>

#include "documents/extractors/layout/gutters.h"
#include "documents/extractors/layout/table_finder.h"

namespace fragua::documents::extractors {

namespace {

constexpr double kGutter = 0.75;       // of the line size, between columns
constexpr double kCore = 0.3;          // of a line's size above and below its middle: ascenders of one line may reach into the next
constexpr double kOneLineGap = 4;      // of the line size, between parts of one line
constexpr int kDepthMax = 8;

using Lines = std::vector<TextLine>;

Band core(const TextLine& line) {
  const double center = middle(line.box);
  return {center - kCore * line.size, center + kCore * line.size};
}

Box box_of(const Lines& lines) {
  auto box = lines.front().box;
  for (const auto& line : lines) box = united(box, line.box);
  return box;
}

// Lines that overlap in height are one strip.
std::vector<Lines> strips_of(Lines lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const TextLine& a, const TextLine& b) { return core(a).from < core(b).from; });
  std::vector<Lines> strips;
  double reach = 0;
  for (auto& line : lines) {
    const auto band = core(line);
    if (strips.empty() || band.from > reach) strips.emplace_back();
    reach = strips.back().empty() ? band.to : std::max(reach, band.to);
    strips.back().push_back(std::move(line));
  }
  return strips;
}

struct Group {
  Lines lines;
  std::vector<Band> gutters;  // none: lines below each other
};

void append(Lines& to, const Lines& lines) { to.insert(to.end(), lines.begin(), lines.end()); }

// Strips that share a gutter belong together, and so do those without one.
std::vector<Group> groups_of(std::vector<Lines> strips, double narrowest) {
  std::vector<Group> groups;
  for (auto& strip : strips) {
    const auto own = gutters(strip, narrowest);
    if (!groups.empty()) {
      auto& group = groups.back();
      auto together = group.lines;
      append(together, strip);
      const auto shared = gutters(together, narrowest);
      const bool plain = group.gutters.empty() && own.empty() && shared.empty();
      if (plain || (!group.gutters.empty() && !shared.empty())) {
        group = {std::move(together), shared};
        continue;
      }
    }
    groups.push_back({std::move(strip), own});
  }
  return groups;
}

Region plain_region(Lines lines) {
  const auto box = box_of(lines);
  std::stable_sort(lines.begin(), lines.end(), [](const TextLine& a, const TextLine& b) {
    const double apart = middle(b.box) - middle(a.box);
    if (std::abs(apart) > 0.5 * std::min(a.size, b.size)) return apart > 0;
    return false;
  });
  return {std::move(lines), {}, box};
}

// What stands beside each other with a little space between: the number of a section and its title.
bool is_one_line(const Group& group) {
  const auto& first = group.lines.front();
  const bool level = std::all_of(group.lines.begin(), group.lines.end(), [&](const TextLine& line) { return std::abs(middle(line.box) - middle(first.box)) < 0.4 * first.size; });
  return level && std::all_of(group.gutters.begin(), group.gutters.end(), [&](const Band& gutter) { return gutter.width() < kOneLineGap * first.size; });
}

TextLine joined(Lines lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const TextLine& a, const TextLine& b) { return a.box.x0 < b.box.x0; });
  auto line = std::move(lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) line.words.insert(line.words.end(), lines[i].words.begin(), lines[i].words.end());
  measure(line);
  return line;
}

class Reader {
 public:
  void read(Lines lines, int depth) {
    if (lines.empty()) return;
    const double narrowest = kGutter * median_size(lines);
    for (auto& group : groups_of(strips_of(std::move(lines)), narrowest)) read_group(std::move(group), depth);
  }
  std::vector<Region> take() { return std::move(regions_); }

 private:
  void read_group(Group group, int depth) {
    if (group.gutters.empty() || depth >= kDepthMax) {
      regions_.push_back(plain_region(std::move(group.lines)));
    } else if (is_one_line(group)) {
      regions_.push_back(plain_region({joined(std::move(group.lines))}));
    } else if (auto table = find_table(group.lines, group.gutters)) {
      regions_.push_back({std::move(table->lines), std::move(table->rows), box_of(group.lines)});
    } else {
      split(std::move(group), depth);
    }
  }

  // At the widest gutter: what lies between columns of text is wider than what lies between a bullet and its item.
  void split(Group group, int depth) {
    const auto widest = *std::max_element(group.gutters.begin(), group.gutters.end(), [](const Band& a, const Band& b) { return a.width() < b.width(); });
    Lines left, right;
    for (auto& line : group.lines) (line.box.x0 < widest.to - 0.01 ? left : right).push_back(std::move(line));
    read(std::move(left), depth + 1);
    read(std::move(right), depth + 1);
  }

  std::vector<Region> regions_;
};

}  // namespace

std::vector<Region> reading_order(const std::vector<TextLine>& lines) {
  Reader reader;
  reader.read(lines, 0);
  return reader.take();
}

}  // namespace fragua::documents::extractors
