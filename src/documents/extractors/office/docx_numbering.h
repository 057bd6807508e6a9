// DocxNumbering: the numbers and bullets that Word shows before paragraphs, computed from numbering.xml. Callers: office/docx.
// Threads: one; it counts, so paragraphs must come in order.
#pragma once
#include <array>
#include <map>
#include <string>

namespace fragua::documents::extractors {

class DocxNumbering {
 public:
  static constexpr int kLevels = 9;
  explicit DocxNumbering(const std::string& xml);  // "" for none
  // "•" for bullets, else like "2.1." or "b)"; "" where the list shows nothing. Counts this paragraph.
  std::string next(const std::string& list, int level);

 private:
  struct Level {
    std::string format = "decimal";
    std::string text;  // "%1.%2."
    int start = 1;
  };
  struct List {
    std::array<Level, kLevels> levels;
    std::array<int, kLevels> counts{};
  };
  std::map<std::string, List> abstract_;
  std::map<std::string, std::string> lists_;  // list id -> abstract id, which counts for all its lists
};

// In decimal, letters or Roman numerals, as the office formats name them.
std::string number_text(int number, const std::string& format);

}  // namespace fragua::documents::extractors
