#include "documents/extractors/layout/gutters.h"

#include <algorithm>

namespace fragua::documents::extractors {

std::vector<Band> gutters(const std::vector<TextLine>& lines, double narrowest) {
  std::vector<Band> covered;
  for (const auto& line : lines) covered.push_back({line.box.x0, line.box.x1});
  std::sort(covered.begin(), covered.end(), [](const Band& a, const Band& b) { return a.from < b.from; });
  std::vector<Band> found;
  for (double reach = covered.empty() ? 0 : covered.front().to; const auto& band : covered) {
    if (band.from - reach >= narrowest) found.push_back({reach, band.from});
    reach = std::max(reach, band.to);
  }
  return found;
}

double median_size(const std::vector<TextLine>& lines) {
  if (lines.empty()) return 0;
  std::vector<double> sizes;
  for (const auto& line : lines) sizes.push_back(line.size);
  std::nth_element(sizes.begin(), sizes.begin() + long(sizes.size() / 2), sizes.end());
  return sizes[sizes.size() / 2];
}

}  // namespace fragua::documents::extractors
