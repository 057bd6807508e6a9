#include "catalogue/letter_case.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace fragua::catalogue {

std::string small_letters(std::string_view text) {
  auto letters = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), std::int32_t(text.size())));
  letters.toLower(icu::Locale::getRoot());
  std::string result;
  return letters.toUTF8String(result);
}

}  // namespace fragua::catalogue
