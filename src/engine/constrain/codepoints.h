// CodepointSet: which characters a class of an expression or grammar means, and their bytes in UTF-8.
// Callers: regex, automaton, gbnf. Threads: plain data. Never holds surrogates: text has none.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::engine {

using Codepoint = std::uint32_t;
constexpr Codepoint kCodepointMax = 0x10FFFF;

struct CodepointRange {
  Codepoint first = 0;
  Codepoint last = 0;
  bool operator==(const CodepointRange&) const = default;
};

class CodepointSet {
 public:
  CodepointSet() = default;
  CodepointSet(std::initializer_list<CodepointRange> ranges);
  static CodepointSet all();

  void add(Codepoint first, Codepoint last);
  void add(const CodepointSet& other);
  CodepointSet inverted() const;
  CodepointSet intersected(const CodepointSet& other) const;
  bool contains(Codepoint codepoint) const;
  bool empty() const { return ranges_.empty(); }
  // Sorted, disjoint, without surrogates.
  const std::vector<CodepointRange>& ranges() const { return ranges_; }

 private:
  void normalise();
  std::vector<CodepointRange> ranges_;
};

// A run of byte ranges that together are characters of the same length.
struct ByteRun {
  struct Range {
    std::uint8_t first;
    std::uint8_t last;
  };
  std::array<Range, 4> ranges{};
  int length = 0;
};
// Exactly the UTF-8 of the range's characters.
std::vector<ByteRun> utf8_runs(CodepointRange range);

void append_utf8(std::string& text, Codepoint codepoint);
// Takes the first character off; U+FFFD and one byte when it is not valid UTF-8.
Codepoint take_codepoint(std::string_view& text);

}  // namespace fragua::engine
