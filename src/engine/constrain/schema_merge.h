// Two schemas as one: what both of them ask for.
// Callers: schema_compiler (allOf, keywords beside $ref, anyOf and oneOf). Threads: any; pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fragua::engine {

// Keywords that say something about a value; all others are notes.
bool is_constraint(std::string_view keyword);
bool has_constraints(const json::object& schema);
// The types it allows, told by `type` or else by the keywords it uses; empty: any.
std::vector<std::string> types_of(const json::object& schema);

// Nothing when no value satisfies both. Error(unsupported): two keywords that cannot be made one.
std::optional<json::object> merged_schema(const json::object& a, const json::object& b);

// Whether a value obeys `type`, `const`, `enum`, lengths, bounds and pattern; what is inside of it is not looked at.
bool obeys_schema(const json::value& value, const json::object& schema);
// Whether no value that the grammar writes for one satisfies the other: what oneOf asks for.
bool are_disjoint(const json::object& a, const json::object& b);

}  // namespace fragua::engine
