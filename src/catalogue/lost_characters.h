// LostCharacters: words of which characters were replaced by "?" or U+FFFD: "M??laga". Mended where exactly one other, whole word of the
// same data fits. Callers: text_repair. Threads: one. Learns at most kWordsMax words; asks nobody but the data.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/mojibake.h"

namespace fragua::catalogue {

class LostCharacters {
 public:
  static constexpr std::size_t kWordsMax = 200'000;
  static constexpr std::size_t kWordMax = 64;  // characters

  // The whole words of a text that have more than ASCII.
  void learn(std::string_view text);
  std::string mended(std::string_view text, std::vector<Mend>& mends);

 private:
  std::string mended_token(std::u32string_view token, std::vector<Mend>& mends);
  std::u32string mended_word(std::u32string_view word, std::vector<Mend>& mends);
  // The only word that fits; "": none, or several.
  const std::u32string& fitting(std::u32string_view word);

  std::map<std::u32string, bool, std::less<>> words_;            // true: written so in the data, not only in another case
  std::map<std::u32string, std::u32string, std::less<>> found_;  // what `fitting` said
};

}  // namespace fragua::catalogue
