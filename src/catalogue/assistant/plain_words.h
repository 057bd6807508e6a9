// Plain words: words that a sentence may begin with or have with a large letter, and that name nothing: articles, verbs, "Tenemos".
// Callers: check. Threads: constants; folded, in four languages.
#pragma once
#include <string_view>

namespace fragua::catalogue::assistant {

bool is_plain_word(std::string_view folded);

// Words of a claim: "no", "ninguno"; "tenemos", "hay".
bool denies(std::string_view folded);
bool offers(std::string_view folded);
// A day that moves with the clock: "hoy", "tomorrow".
bool is_relative_day(std::string_view folded);
// A figure that nobody can check: "cientos", "dozens".
bool is_vague_figure(std::string_view folded);

}  // namespace fragua::catalogue::assistant
