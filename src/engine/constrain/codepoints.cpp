#include "engine/constrain/codepoints.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::engine {
namespace {

constexpr Codepoint kSurrogateFirst = 0xD800, kSurrogateLast = 0xDFFF;

std::string utf8_of(Codepoint codepoint) {
  std::string text;
  append_utf8(text, codepoint);
  return text;
}

// Both ends have the same number of bytes. Splits until all bytes but the first differing one run freely.
void add_runs(Codepoint first, Codepoint last, std::vector<ByteRun>& runs) {
  const std::string low = utf8_of(first), high = utf8_of(last);
  const int length = int(low.size());
  for (int tail = 1; tail < length; ++tail) {
    const Codepoint mask = (1u << (6 * tail)) - 1;  // of the last `tail` bytes
    if ((first & ~mask) == (last & ~mask)) continue;
    if ((first & mask) != 0) {
      add_runs(first, first | mask, runs);
      add_runs((first | mask) + 1, last, runs);
      return;
    }
    if ((last & mask) != mask) {
      add_runs(first, (last & ~mask) - 1, runs);
      add_runs(last & ~mask, last, runs);
      return;
    }
  }
  ByteRun run;
  run.length = length;
  for (int i = 0; i < length; ++i)
    run.ranges[std::size_t(i)] = {std::uint8_t(low[std::size_t(i)]), std::uint8_t(high[std::size_t(i)])};
  runs.push_back(run);
}

}  // namespace

CodepointSet::CodepointSet(std::initializer_list<CodepointRange> ranges) : ranges_(ranges) { normalise(); }

CodepointSet CodepointSet::all() { return {{0, kCodepointMax}}; }

void CodepointSet::add(Codepoint first, Codepoint last) {
  ranges_.push_back({first, last});
  normalise();
}

void CodepointSet::add(const CodepointSet& other) {
  ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
  normalise();
}

void CodepointSet::normalise() {
  std::sort(ranges_.begin(), ranges_.end(), [](auto a, auto b) { return a.first < b.first; });
  std::vector<CodepointRange> merged;
  for (auto range : ranges_) {
    if (!merged.empty() && range.first <= merged.back().last + 1)
      merged.back().last = std::max(merged.back().last, range.last);
    else
      merged.push_back(range);
  }
  ranges_.clear();
  for (auto range : merged) {
    if (range.first < kSurrogateFirst) ranges_.push_back({range.first, std::min(range.last, kSurrogateFirst - 1)});
    if (range.last > kSurrogateLast) ranges_.push_back({std::max(range.first, kSurrogateLast + 1), range.last});
  }
}

CodepointSet CodepointSet::inverted() const {
  CodepointSet result;
  Codepoint next = 0;
  for (auto range : ranges_) {
    if (range.first > next) result.ranges_.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= kCodepointMax) result.ranges_.push_back({next, kCodepointMax});
  result.normalise();
  return result;
}

CodepointSet CodepointSet::intersected(const CodepointSet& other) const {
  CodepointSet result;
  for (auto a : ranges_)
    for (auto b : other.ranges_)
      if (std::max(a.first, b.first) <= std::min(a.last, b.last))
        result.ranges_.push_back({std::max(a.first, b.first), std::min(a.last, b.last)});
  result.normalise();
  return result;
}

bool CodepointSet::contains(Codepoint codepoint) const {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [=](auto range) { return range.first <= codepoint && codepoint <= range.last; });
}

std::vector<ByteRun> utf8_runs(CodepointRange range) {
  static constexpr CodepointRange kLengths[] = {{0, 0x7F}, {0x80, 0x7FF}, {0x800, 0xFFFF}, {0x10000, kCodepointMax}};
  std::vector<ByteRun> runs;
  for (auto length : kLengths) {
    const Codepoint first = std::max(range.first, length.first), last = std::min(range.last, length.last);
    if (first <= last) add_runs(first, last, runs);
  }
  return runs;
}

void append_utf8(std::string& text, Codepoint c) {
  if (c < 0x80) {
    text += char(c);
  } else if (c < 0x800) {
    text += char(0xC0 | c >> 6);
    text += char(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    text += char(0xE0 | c >> 12);
    text += char(0x80 | (c >> 6 & 0x3F));
    text += char(0x80 | (c & 0x3F));
  } else {
    text += char(0xF0 | c >> 18);
    text += char(0x80 | (c >> 12 & 0x3F));
    text += char(0x80 | (c >> 6 & 0x3F));
    text += char(0x80 | (c & 0x3F));
  }
}

Codepoint take_codepoint(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const auto character = text.substr(0, length);
  if (character.size() < length || !is_valid_utf8(character)) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  Codepoint codepoint = length == 1 ? lead : lead & (0x7Fu >> length);
  for (char c : character.substr(1)) codepoint = codepoint << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
  text.remove_prefix(length);
  return codepoint;
}

}  // namespace fragua::engine
