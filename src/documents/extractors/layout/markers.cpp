#include "documents/extractors/layout/markers.h"

#include <algorithm>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::string_view kBullets[] = {"•", "●", "○", "◦", "▪", "■", "□", "‣", "⁃", "∙", "·", "–", "—", "-", "*", "➢", "✓", "►", "▶", "o", "\xEF\x82\xB7", "\xEF\x82\xA7", "\xEF\x83\x98"};
constexpr std::size_t kDigitsMax = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_bullet(std::string_view word) { return std::find(std::begin(kBullets), std::end(kBullets), word) != std::end(kBullets); }

std::size_t item_marker(std::string_view line) {
  const auto space = line.find(' ');
  if (space == std::string_view::npos || space + 1 >= line.size()) return 0;
  const auto first = line.substr(0, space);
  if (is_bullet(first)) return space + 1;
  const bool bracketed = first.size() > 2 && first.front() == '(' && first.back() == ')';
  auto inner = bracketed ? first.substr(1, first.size() - 2) : first;
  if (!bracketed && (inner.size() < 2 || (inner.back() != '.' && inner.back() != ')'))) return 0;
  if (!bracketed) inner.remove_suffix(1);
  const bool number = inner.size() <= kDigitsMax && std::all_of(inner.begin(), inner.end(), is_digit);
  const bool letter = inner.size() == 1 && inner[0] >= 'a' && inner[0] <= 'z';
  return number || letter ? space + 1 : 0;
}

int section_depth(std::string_view line) {
  std::size_t i = 0;
  int depth = 0;
  while (i < line.size() && is_digit(line[i])) {
    const auto begin = i;
    while (i < line.size() && is_digit(line[i])) ++i;
    if (i - begin > kDigitsMax) return 0;
    ++depth;
    if (i < line.size() && line[i] == '.') ++i;
  }
  if (depth == 0 || i >= line.size() || line[i] != ' ') return 0;
  const auto title = line.substr(i + 1);
  return starts_with_uppercase(title) && !title.ends_with('.') && !title.ends_with(',') && !title.ends_with(';') ? depth : 0;
}

}  // namespace fragua::documents::extractors
