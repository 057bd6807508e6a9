// The escapes behind a backslash: those of E'…' strings and those of COPY's text format, which differ. Callers: sql_lexer, sql_copy.
// Threads: one. The bytes that they make may be no UTF-8: the caller looks at the whole value.
#pragma once
#include <string>

#include "catalogue/sources/text_reader.h"

namespace fragua::catalogue {

enum class SqlEscapes { string, copy };

// The reader stands behind the backslash. What is no escape is the character itself. Error: \u without its digits.
std::string take_escape(TextReader& reader, SqlEscapes kind);

}  // namespace fragua::catalogue
