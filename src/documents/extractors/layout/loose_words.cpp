#include "documents/extractors/layout/loose_words.h"

#include <algorithm>
#include <cmath>

#include "documents/extractors/layout/markers.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr double kBulletGap = 4;     // of the line's size, between a bullet and its text
constexpr double kThirdGap = 8;      // of the line's size, to what stands on the same row by chance
constexpr double kRaisedGap = 0.6;   // of the line's size, between a raised sign and what it belongs to
constexpr double kRaisedSize = 0.85; // of the line's size, at most
constexpr std::size_t kRaisedCharacters = 8;

bool is_bullet_line(const TextLine& line) {
  return line.words.size() == 1 && (is_bullet(line.words[0].text) || item_marker(line.words[0].text + " x") > 0);
}

// "3", "3.1", "IV."
bool is_section_number(const TextLine& line) {
  if (line.words.size() != 1) return false;
  const auto& text = line.words[0].text;
  const bool number = text.find_first_not_of("0123456789.") == std::string::npos;
  const bool roman = text.find_first_not_of("IVX.") == std::string::npos;
  return text.size() <= 7 && text[0] != '.' && (number || roman);
}

// Only two things stand on this row: with a third one they would be a table's.
bool is_title_of(const TextLine& number, const TextLine& title, const std::vector<TextLine>& lines) {
  if (!starts_with_uppercase(line_text(title))) return false;
  return std::none_of(lines.begin(), lines.end(), [&](const TextLine& other) {
    const double gap = other.box.x0 - title.box.x1;
    return &other != &number && &other != &title && std::abs(middle(other.box) - middle(title.box)) < 0.5 * title.size && gap >= 0 && gap < kThirdGap * title.size;
  });
}

bool is_beside(const TextLine& bullet, const TextLine& line) {
  const double gap = line.box.x0 - bullet.box.x1;
  return std::abs(middle(line.box) - middle(bullet.box)) < 0.5 * line.size && gap >= 0 && gap < kBulletGap * line.size;
}

bool is_small(const TextLine& line) { return count_characters(line_text(line)) <= kRaisedCharacters; }

// Smaller than the line, partly at its height, and inside it or close to its ends.
bool is_raised_at(const TextLine& sign, const TextLine& line) {
  if (sign.size > kRaisedSize * line.size || line.words.size() < 2) return false;
  const double overlap = std::min(sign.box.y1, line.box.y1) - std::max(sign.box.y0, line.box.y0);
  const double reach = kRaisedGap * line.size;
  return overlap > 0.25 * sign.size && sign.box.x1 > line.box.x0 - reach && sign.box.x0 < line.box.x1 + reach;
}

void insert(TextLine& line, const TextLine& loose) {
  for (const auto& word : loose.words) {
    const auto at = std::find_if(line.words.begin(), line.words.end(), [&](const PlacedWord& other) { return other.box.x0 > word.box.x0; });
    line.words.insert(at, word);
  }
  line.box = united(line.box, loose.box);
}

// The nearest line that takes it, or nothing.
std::size_t owner_of(std::size_t index, const std::vector<TextLine>& lines, const std::vector<bool>& gone) {
  const auto& loose = lines[index];
  const bool bullet = is_bullet_line(loose), number = is_section_number(loose);
  const auto takes = [&](std::size_t i) {
    const auto& line = lines[i];
    const bool label = (bullet || (number && is_title_of(loose, line, lines))) && is_beside(loose, line);
    return label || is_raised_at(loose, line);
  };
  std::size_t best = lines.size();
  double nearest = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == index || gone[i] || !takes(i)) continue;
    const double distance = std::abs(middle(lines[i].box) - middle(loose.box)) + std::max(0.0, lines[i].box.x0 - loose.box.x1);
    if (best == lines.size() || distance < nearest) {
      best = i;
      nearest = distance;
    }
  }
  return best;
}

}  // namespace

std::vector<TextLine> with_loose_words_joined(std::vector<TextLine> lines) {
  std::vector<bool> gone(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_small(lines[i])) continue;
    const auto owner = owner_of(i, lines, gone);
    if (owner == lines.size()) continue;
    insert(lines[owner], lines[i]);
    gone[i] = true;
  }
  std::vector<TextLine> kept;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!gone[i]) kept.push_back(std::move(lines[i]));
  return kept;
}

}  // namespace fragua::documents::extractors
