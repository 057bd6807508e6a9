#include "documents/extractors/layout/lines.h"

#include <algorithm>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

Box united(const Box& a, const Box& b) { return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)}; }

std::string line_text(const TextLine& line) {
  std::string text;
  for (const auto& word : line.words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

void measure(TextLine& line) {
  if (line.words.empty()) return;
  line.box = line.words.front().box;
  std::vector<std::pair<double, std::size_t>> heights;
  std::size_t total = 0, passed = 0;
  for (const auto& word : line.words) {
    line.box = united(line.box, word.box);
    heights.emplace_back(word.box.y1 - word.box.y0, count_characters(word.text));
    total += heights.back().second;
  }
  std::sort(heights.begin(), heights.end());
  for (const auto& [height, characters] : heights) {
    line.size = height;
    passed += characters;
    if (passed * 2 >= total) return;
  }
}

Box in_fractions(const Box& box, const PageLines& page) {
  const auto x = [&](double value) { return page.width > 0 ? std::clamp(value / page.width, 0.0, 1.0) : 0.0; };
  const auto y = [&](double value) { return page.height > 0 ? std::clamp(value / page.height, 0.0, 1.0) : 0.0; };
  return {x(box.x0), y(box.y0), x(box.x1), y(box.y1)};
}

double middle(const Box& box) { return (box.y0 + box.y1) / 2; }

}  // namespace fragua::documents::extractors
