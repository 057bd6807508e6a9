// Lines for the layout tests: words of equal width, ten units high unless said otherwise.
#pragma once
#include <string>

#include "base/strings.h"
#include "documents/extractors/layout/lines.h"

namespace fragua::documents::extractors::tests {

inline TextLine line_at(double x, double y, const std::string& text, double size = 10, int group = 0) {
  TextLine line;
  line.group = group;
  for (const auto& word : split(text, ' ')) {
    const double width = double(word.size()) * size / 2;
    line.words.push_back({word, {x, y, x + width, y + size}});
    x += width + size / 4;
  }
  measure(line);
  return line;
}

}  // namespace fragua::documents::extractors::tests
