#include "documents/extractors/office/docx_numbering.h"

#include <algorithm>

#include "base/strings.h"
#include "documents/extractors/office/xml.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kRomanMax = 3999;
constexpr int kLettersMax = 26 * 30;

std::string roman(int number) {
  constexpr std::pair<int, const char*> kSigns[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                                                    {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
  std::string out;
  for (const auto& [value, sign] : kSigns)
    for (; number >= value; number -= value) out += sign;
  return out;
}

// Word writes aa after z.
std::string letters(int number) { return std::string(std::size_t((number - 1) / 26 + 1), char('a' + (number - 1) % 26)); }

std::string uppercase(std::string text) {
  for (auto& c : text)
    if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
  return text;
}

}  // namespace

std::string number_text(int number, const std::string& format) {
  if (format == "none") return "";
  const bool roman_fits = number > 0 && number <= kRomanMax, letter_fits = number > 0 && number <= kLettersMax;
  if (format == "lowerRoman" && roman_fits) return roman(number);
  if (format == "upperRoman" && roman_fits) return uppercase(roman(number));
  if (format == "lowerLetter" && letter_fits) return letters(number);
  if (format == "upperLetter" && letter_fits) return uppercase(letters(number));
  return std::to_string(number);
}

DocxNumbering::DocxNumbering(const std::string& xml) {
  if (xml.empty()) return;
  const XmlDocument document(xml);
  for (const auto entry : children(document.root(), "abstractNum")) {
    auto& list = abstract_[std::string(attribute(entry, "abstractNumId"))];
    for (const auto node : children(entry, "lvl")) {
      const int number = std::clamp(number_attribute(node, "ilvl", 0), 0, kLevels - 1);
      auto& level = list.levels[std::size_t(number)];
      level.format = attribute(child(node, "numFmt"), "val");
      level.text = attribute(child(node, "lvlText"), "val");
      level.start = number_attribute(child(node, "start"), "val", 1);
    }
  }
  for (const auto entry : children(document.root(), "num"))
    lists_[std::string(attribute(entry, "numId"))] = attribute(child(entry, "abstractNumId"), "val");
}

std::string DocxNumbering::next(const std::string& list, int level) {
  const auto abstract = lists_.find(list);
  if (abstract == lists_.end() || !abstract_.contains(abstract->second)) return "";
  auto& state = abstract_[abstract->second];
  const auto at = std::size_t(std::clamp(level, 0, kLevels - 1));
  ++state.counts[at];
  std::fill(state.counts.begin() + long(at) + 1, state.counts.end(), 0);
  const auto& shown = state.levels[at];
  if (shown.format == "bullet") return "•";
  std::string out;
  for (std::size_t i = 0; i < shown.text.size(); ++i) {
    const bool place = shown.text[i] == '%' && i + 1 < shown.text.size() && shown.text[i + 1] >= '1' && shown.text[i + 1] <= '9';
    if (!place) {
      out += shown.text[i];
      continue;
    }
    const auto other = std::size_t(shown.text[++i] - '1');
    const int count = std::max(state.counts[other], 1) + state.levels[other].start - 1;
    out += number_text(count, other == at ? shown.format : state.levels[other].format);
  }
  return out;
}

}  // namespace fragua::documents::extractors
