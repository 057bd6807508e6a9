// Number words: "sesenta y siete", "sixty-seven", "seixanta-set", "sessenta e sete" as numbers. Callers: date_words; the assistant.
// Threads: pure. What is an article too ("un", "una", "one", "um") is no number by itself.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fragua::catalogue {

// One word, without accents: "doce".
std::optional<std::int64_t> number_word(std::string_view word);

struct SpelledNumber {
  std::int64_t value = 0;
  std::size_t words = 0;                  // how many it takes
};

// The number that begins with the first of these words (folded), with as many of them as belong to it.
std::optional<SpelledNumber> spelled_number(std::span<const std::string> words);

}  // namespace fragua::catalogue
