#include "search/words.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::search {

namespace {

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw Error(ErrorCode::internal, std::string("the text library failed: ") + u_errorName(status));
}

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
  std::string result;
  icu::StringByteSink<std::string> sink(&result, std::int32_t(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  form.normalizeUTF8(0, icu::StringPiece(text.data(), std::int32_t(text.size())), sink, nullptr, status);
  check(status);
  return result;
}

// Case, width and ligatures are folded; accents stay, composed.
std::string case_folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  check(status);
  return normalized(*form, text);
}

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0; }
bool is_letter_or_digit(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK)) != 0; }

template <class Visit>
void each_character(std::string_view text, Visit visit) {
  for (std::int32_t at = 0; at < std::int32_t(text.size());) {
    const auto begin = at;
    UChar32 c;
    U8_NEXT(text.data(), at, std::int32_t(text.size()), c);
    if (c >= 0) visit(c, text.substr(std::size_t(begin), std::size_t(at - begin)));
  }
}

Word parts_of(std::string_view raw) {
  Word word;
  bool inside = false;
  each_character(raw, [&](UChar32 c, std::string_view bytes) {
    if (is_letter_or_digit(c)) {
      if (!inside) word.parts.emplace_back();
      word.parts.back() += bytes;
      inside = true;
    } else if (is_mark(c)) {
      if (inside) word.parts.back() += bytes;
    } else {
      inside = false;
    }
  });
  return word;
}

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  text = text.substr(0, kTextMaxBytes);
  const auto folded = case_folded(text.substr(0, complete_utf8_length(text)));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> opened(utext_openUTF8(nullptr, folded.data(), std::int64_t(folded.size()), &status));
  const std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  check(status);
  breaks->setText(opened.get(), status);
  check(status);
  std::vector<Word> words;
  auto begin = breaks->first();
  for (auto end = breaks->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks->next()) {
    if (breaks->getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue;
    const auto raw = std::string_view(folded).substr(std::size_t(begin), std::min(std::size_t(end - begin), kWordMaxBytes));
    auto word = parts_of(raw.substr(0, complete_utf8_length(raw)));
    if (!word.parts.empty()) words.push_back(std::move(word));
  }
  return words;
}

std::string without_accents(std::string_view part) {
  if (std::all_of(part.begin(), part.end(), [](unsigned char c) { return c < 0x80; })) return std::string(part);
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFDInstance(status);
  check(status);
  std::string result;
  each_character(normalized(*form, part), [&](UChar32 c, std::string_view bytes) {
    if (is_letter_or_digit(c)) result += bytes;
  });
  return result;
}

}  // namespace fragua::search
