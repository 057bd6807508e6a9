// The language that a text seems to be in, by its commonest words: es, en, pt, fr, de, it, ca, nl. Callers: json_output.
// Threads: any; pure. "" where it cannot tell: a table of numbers, a list of names, a language that it does not know.
#pragma once
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

std::string guess_language(std::string_view text);

}  // namespace fragua::documents::extractors
