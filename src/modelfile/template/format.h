// Format: values as text: what {{ .X }} prints, the json function, and Go's fmt verbs for printf.
// Callers: executor, functions. Threads: any; pure.
// Unlike Go's, JSON here keeps the order of keys and does not escape < > &: models were trained without, and what a
// model wrote comes back as it wrote it, which its cached prefix needs.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "modelfile/template/bounded_text.h"
#include "modelfile/template/value.h"

namespace fragua::modelfile {

// Text as it is, numbers as Go prints them, lists of plain values [a b], anything else as JSON; nil prints nothing.
void append_printed(const Value& value, BoundedText& out);
void append_json(const Value& value, BoundedText& out);
void append_formatted(std::string_view format, std::span<const Value> arguments, BoundedText& out);
// Go's quoting: "a\n\"b\"".
std::string go_quoted(std::string_view text);

}  // namespace fragua::modelfile
