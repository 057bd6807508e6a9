// Tongue: the languages in which the assistant answers. Callers: catalogue/assistant. Threads: pure.
// A language that it does not speak is answered in Spanish.
#pragma once
#include <string_view>

namespace fragua::catalogue::assistant {

enum class Tongue { spanish, english, catalan, portuguese };

constexpr std::size_t kTongues = 4;

// Of "es", "en", "ca", "pt".
Tongue tongue_of(std::string_view code);
std::string_view code_of(Tongue tongue);

}  // namespace fragua::catalogue::assistant
