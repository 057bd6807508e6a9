// PostgreSQL's values as RowSink wants them: arrays, {a,"b c",NULL}, as JSON, ["a","b c",null]; booleans as true and false.
// Callers: sql_rows, postgres. Threads: any; pure.
#pragma once
#include <string>
#include <string_view>

#include "base/error.h"

namespace fragua::catalogue {

// What becomes of the text of a value.
enum class CellForm { as_it_is, boolean, texts, numbers, booleans };

// `type` as PostgreSQL names it: "boolean", "integer[]".
CellForm form_of(std::string_view type);
Result<std::string> with_form(CellForm form, std::string text);

// Nested arrays too, and the bounds of [0:1]={a,b}, which are dropped. What is no number in `numbers` (NaN) stays a string.
Result<std::string> array_to_json(std::string_view literal, CellForm items);
// "a" as it stands between the braces of an array.
std::string array_item(std::string_view text);

}  // namespace fragua::catalogue
