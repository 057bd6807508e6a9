// Gutters: the empty vertical bands between columns of lines.
// Callers: layout/regions, layout/table_finder. Threads: any; pure.
#pragma once
#include <vector>

#include "documents/extractors/layout/lines.h"

namespace fragua::documents::extractors {

struct Band {
  double from = 0, to = 0;
  double width() const { return to - from; }
};

// Bands at least `narrowest` wide that no line crosses, with lines on both sides; from left to right.
std::vector<Band> gutters(const std::vector<TextLine>& lines, double narrowest);
// The lines' typical size.
double median_size(const std::vector<TextLine>& lines);

}  // namespace fragua::documents::extractors
