#include "catalogue/mojibake.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>

#include "catalogue/code_points.h"

namespace fragua::catalogue {

namespace {

constexpr std::string_view kSpaces = " \t\n\r";
constexpr int kTimesMax = 3;  // that a text was read wrongly

// The characters of Windows-1252 from 0x80 to 0x9F; 0: not used.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The byte that was read as this character, in Latin-1 or Windows-1252; -1: none.
int byte_of(char32_t code) {
  if (code <= 0xFF) return int(code);
  const auto* found = std::find(kWindows1252.begin(), kWindows1252.end(), char16_t(code));
  return code > 0xFFFF || found == kWindows1252.end() ? -1 : int(0x80 + (found - kWindows1252.begin()));
}

bool is_printed(char32_t code) { return code >= 0xA0 && u_isdefined(UChar32(code)) && u_charType(UChar32(code)) != U_PRIVATE_USE_CHAR; }

struct Sequence {
  char32_t code = 0;
  std::size_t length = 0;
};

// The character whose bytes of UTF-8 stand here as characters.
std::optional<Sequence> sequence_at(std::u32string_view rest) {
  const int lead = byte_of(rest.front());
  if (lead < 0xC2 || lead > 0xF4) return std::nullopt;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  std::string bytes(1, char(lead));
  for (std::size_t i = 1; i < length; ++i) {
    const int next = i < rest.size() ? byte_of(rest[i]) : -1;
    if (next < 0x80 || next > 0xBF) return std::nullopt;
    bytes += char(next);
  }
  std::size_t at = 0;
  UChar32 code = 0;
  U8_NEXT(bytes.data(), at, bytes.size(), code);
  if (code < 0 || !is_printed(char32_t(code))) return std::nullopt;
  return Sequence{char32_t(code), length};
}

struct Reading {
  std::u32string word;
  std::size_t sequences = 0;
  bool certain = true;
};

// A small letter among capitals: "IRMÃ»" is a word and a quotation mark.
bool breaks_case(std::u32string_view word, std::size_t at, const Sequence& sequence) {
  const auto after = at + sequence.length;
  return at > 0 && u_isupper(UChar32(word[at - 1])) && u_islower(UChar32(sequence.code)) &&
         (after >= word.size() || !u_islower(UChar32(word[after])));
}

Reading read_again(std::u32string_view word) {
  Reading reading;
  for (std::size_t at = 0; at < word.size();) {
    if (const auto sequence = sequence_at(word.substr(at))) {
      reading.certain &= !breaks_case(word, at, *sequence);
      reading.word += sequence->code;
      at += sequence->length;
      ++reading.sequences;
    } else {
      reading.certain &= word[at] < 0x80;
      reading.word += word[at++];
    }
  }
  return reading;
}

std::string mended_word(std::string_view word, std::vector<Mend>& mends) {
  auto reading = read_again(code_points(word));
  if (reading.sequences == 0) return std::string(word);
  if (!reading.certain) return mends.push_back({std::string(word), ""}), std::string(word);
  for (int times = 1; times < kTimesMax; ++times) {
    auto next = read_again(reading.word);
    if (next.sequences == 0 || !next.certain) break;
    reading = std::move(next);
  }
  auto mended = utf8_of(reading.word);
  mends.push_back({std::string(word), mended});
  return mended;
}

}  // namespace

std::string without_mojibake(std::string_view text, std::vector<Mend>& mends) {
  if (is_ascii(text)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const auto spaces = std::min(text.find_first_not_of(kSpaces), text.size());
    out += text.substr(0, spaces);
    text.remove_prefix(spaces);
    const auto word = text.substr(0, text.find_first_of(kSpaces));
    out += mended_word(word, mends);
    text.remove_prefix(word.size());
  }
  return out;
}

}  // namespace fragua::catalogue
