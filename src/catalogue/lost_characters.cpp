#include "catalogue/lost_characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "catalogue/code_points.h"

namespace fragua::catalogue {

namespace {

constexpr char32_t kReplacement = 0xFFFD, kMiddleDot = 0xB7;
constexpr std::string_view kSpaces = " \t\n\r";
constexpr std::size_t kFoundMax = 50'000;

bool is_lost(char32_t code) { return code == '?' || code == kReplacement; }
bool is_letter(char32_t code) { return u_isalpha(UChar32(code)); }
bool is_word_part(char32_t code) {
  return u_isalnum(UChar32(code)) || (U_MASK(u_charType(UChar32(code))) & U_GC_M_MASK) != 0 || code == kMiddleDot || is_lost(code);
}

std::size_t run_length(std::u32string_view word) {
  return std::size_t(std::find_if_not(word.begin(), word.end(), is_lost) - word.begin());
}

std::size_t utf8_length(std::u32string_view text) {
  std::size_t length = 0;
  for (const char32_t code : text) length += std::size_t(U8_LENGTH(code));
  return length;
}

// A run stands for as many characters as it is long, or for characters of as many bytes; all of them beyond ASCII.
bool fits(std::u32string_view pattern, std::u32string_view word) {
  const auto run = run_length(pattern);
  if (run == 0) return pattern.empty() ? word.empty() : !word.empty() && pattern[0] == word[0] && fits(pattern.substr(1), word.substr(1));
  for (std::size_t length = 1; length <= std::min(run, word.size()); ++length) {
    if (word[length - 1] < 0x80) return false;
    const bool as_long = length == run || utf8_length(word.substr(0, length)) == run;
    if (as_long && fits(pattern.substr(run), word.substr(length))) return true;
  }
  return false;
}

// A run is a loss where letters stand at it. One "?" between a small letter and a capital ends a question.
bool is_damaged(std::u32string_view word) {
  for (std::size_t at = 0; at < word.size(); ++at) {
    const auto run = run_length(word.substr(at));
    if (run == 0) continue;
    const bool before = at > 0 && is_letter(word[at - 1]);
    const bool after = at + run < word.size() && is_letter(word[at + run]);
    const bool question =
        run == 1 && word[at] == '?' && before && after && u_islower(UChar32(word[at - 1])) && u_isupper(UChar32(word[at + 1]));
    if ((before || after) && !question) return true;
    at += run;
  }
  return false;
}

// In an address a "?" is one.
bool is_address(std::string_view token) {
  return token.find("://") != std::string_view::npos || token.find('=') != std::string_view::npos || token.starts_with("www.");
}

std::u32string with_case(std::u32string_view word, bool first, bool rest) {
  std::u32string out;
  for (const char32_t code : word) {
    const bool upper = out.empty() ? first : rest;
    out += char32_t(upper ? u_toupper(UChar32(code)) : u_tolower(UChar32(code)));
  }
  return out;
}

template <class Each>
void for_each_token(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto spaces = std::min(text.find_first_not_of(kSpaces), text.size());
    const auto token = text.substr(spaces, text.find_first_of(kSpaces, spaces) - spaces);
    each(text.substr(0, spaces), token);
    text.remove_prefix(spaces + token.size());
  }
}

template <class Each>
void for_each_word(std::u32string_view token, Each each) {
  while (!token.empty()) {
    const auto begin = std::find_if(token.begin(), token.end(), is_word_part);
    const auto end = std::find_if_not(begin, token.end(), is_word_part);
    each(token.substr(0, std::size_t(begin - token.begin())), token.substr(std::size_t(begin - token.begin()), std::size_t(end - begin)));
    token.remove_prefix(std::size_t(end - token.begin()));
  }
}

}  // namespace

void LostCharacters::learn(std::string_view text) {
  if (is_ascii(text)) return;
  for_each_word(code_points(text), [&](std::u32string_view, std::u32string_view word) {
    const bool whole = std::none_of(word.begin(), word.end(), is_lost);
    const bool more = std::any_of(word.begin(), word.end(), [](char32_t code) { return code >= 0x80; });
    if (!whole || !more || word.size() > kWordMax || words_.size() + 4 > kWordsMax) return;
    words_[std::u32string(word)] = true;
    words_.try_emplace(with_case(word, false, false), false);
    words_.try_emplace(with_case(word, true, false), false);
    words_.try_emplace(with_case(word, true, true), false);
  });
}

const std::u32string& LostCharacters::fitting(std::u32string_view word) {
  if (const auto known = found_.find(word); known != found_.end()) return known->second;
  if (found_.size() >= kFoundMax) found_.clear();
  auto& found = found_[std::u32string(word)];
  const auto prefix = word.substr(0, std::size_t(std::find_if(word.begin(), word.end(), is_lost) - word.begin()));
  bool as_written = false;
  for (auto candidate = words_.lower_bound(prefix); candidate != words_.end() && candidate->first.starts_with(prefix); ++candidate) {
    if (!fits(word, candidate->first)) continue;
    const bool same_word = found.empty() || with_case(found, false, false) == with_case(candidate->first, false, false);
    // Of one word in two cases the one that the data have.
    const bool two_cases = !found.empty() && as_written == candidate->second;
    if (!same_word || two_cases) return found.clear(), found;
    if (found.empty() || candidate->second) found = candidate->first;
    as_written |= candidate->second;
  }
  return found;
}

std::u32string LostCharacters::mended_word(std::u32string_view word, std::vector<Mend>& mends) {
  if (word.size() > kWordMax || std::none_of(word.begin(), word.end(), is_lost)) return std::u32string(word);
  // At its end a "?" more often asks than stands for something: then only a word of the data says that it does.
  auto asked = word.size();
  while (asked > 0 && word[asked - 1] == '?') --asked;
  const auto questions = word.size() - asked;
  if (questions > 1 && asked > 0 && is_damaged(word)) {
    if (const auto& whole = fitting(word); !whole.empty()) return mends.push_back({utf8_of(word), utf8_of(whole)}), whole;
  }
  const auto core = word.substr(0, asked);
  if (!is_damaged(core)) return std::u32string(word);
  const auto& whole = fitting(core);
  mends.push_back({utf8_of(core), utf8_of(whole)});
  return (whole.empty() ? std::u32string(core) : whole) + std::u32string(word.substr(asked));
}

std::string LostCharacters::mended_token(std::u32string_view token, std::vector<Mend>& mends) {
  std::u32string out;
  for_each_word(token,
                [&](std::u32string_view between, std::u32string_view word) { out += std::u32string(between) + mended_word(word, mends); });
  return utf8_of(out);
}

std::string LostCharacters::mended(std::string_view text, std::vector<Mend>& mends) {
  std::string out;
  for_each_token(text, [&](std::string_view spaces, std::string_view token) {
    out += spaces;
    const bool suspect = token.find('?') != std::string_view::npos || token.find("\uFFFD") != std::string_view::npos;
    out += suspect && !is_address(token) ? mended_token(code_points(token), mends) : std::string(token);
  });
  return out;
}

}  // namespace fragua::catalogue
