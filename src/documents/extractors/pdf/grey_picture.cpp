#include "documents/extractors/pdf/grey_picture.h"

#include <algorithm>

namespace fragua::documents::extractors {

namespace {

constexpr int kContrast = 24;  // of 255, between the lightest and the darkest point

// Behind the header: "P5 WIDTH HEIGHT 255" and one whitespace; comments are lines that begin with #.
std::string_view points(std::string_view pgm) {
  int fields = 0;
  bool inside = false, comment = false;
  for (std::size_t i = 0; i < pgm.size(); ++i) {
    const char c = pgm[i];
    if (comment) {
      comment = c != '\n';
      continue;
    }
    comment = c == '#';
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (inside && space && ++fields == 4) return pgm.substr(i + 1);
    inside = !space && !comment;
  }
  return {};
}

}  // namespace

bool is_blank_picture(std::string_view pgm) {
  if (!pgm.starts_with("P5")) return false;
  const auto grey = points(pgm);
  if (grey.empty()) return false;
  const auto [darkest, lightest] = std::minmax_element(grey.begin(), grey.end(), [](char a, char b) { return static_cast<unsigned char>(a) < static_cast<unsigned char>(b); });
  return static_cast<unsigned char>(*lightest) - static_cast<unsigned char>(*darkest) < kContrast;
}

}  // namespace fragua::documents::extractors
