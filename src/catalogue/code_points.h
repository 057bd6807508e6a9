// UTF-8 as code points and back. Callers: mojibake, lost_characters. Threads: any; pure. What is not UTF-8 becomes U+FFFD.
// Knows nothing of what the characters mean.
#pragma once
#include <string>
#include <string_view>

namespace fragua::catalogue {

std::u32string code_points(std::string_view text);
std::string utf8_of(std::u32string_view text);
bool is_ascii(std::string_view text);

}  // namespace fragua::catalogue
