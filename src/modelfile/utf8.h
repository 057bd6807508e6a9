// UTF-8 one code point at a time, for the parsers and Go's formatting verbs.
// Callers: source_text.cpp, template/. Threads: any; pure. What is not a code point becomes U+FFFD.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace fragua::modelfile {

constexpr char32_t kReplacementCharacter = 0xFFFD;

void append_utf8(char32_t code, std::string& out);
std::u32string code_points(std::string_view text);

}  // namespace fragua::modelfile
