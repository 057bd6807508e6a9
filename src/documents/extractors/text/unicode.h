// Small questions about UTF-8 text: words, letters, tidy whitespace. Callers: the extractors. Threads: any; pure.
// What is not UTF-8 becomes U+FFFD; control characters and marks of text direction are left out of what `tidy` gives.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

// One line: every run of whitespace becomes a space, none at the ends; soft hyphens and control characters are dropped.
std::string tidy_line(std::string_view text);
// The same line by line; runs of empty lines become one.
std::string tidy_lines(std::string_view text);
// Spaces are kept as they are, for code.
std::string tidy_code(std::string_view text);
// Every word in lower case.
void for_each_word(std::string_view text, const std::function<void(const std::string&)>& each);
std::size_t count_words(std::string_view text);  // separated by spaces
std::size_t count_characters(std::string_view text);
bool starts_with_lowercase(std::string_view text);
bool starts_with_uppercase(std::string_view text);
bool ends_with_letter(std::string_view text);
std::string lowercase_unicode(std::string_view text);
std::string uppercase_unicode(std::string_view text);
void append_utf8(std::string& out, std::uint32_t code);

}  // namespace fragua::documents::extractors
