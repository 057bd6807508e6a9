// JSON Schema to grammar: what the schema allows, as JSON text in one fixed spelling: `{"a": 1, "b": [2, 3]}`,
// properties in the schema's order. One spelling, because free white space would leave the next token open almost
// everywhere. Callers: grammar. Threads: any; pure. Narrower than the schema where that helps: an object without
// `additionalProperties` has the listed properties only, all of `prefixItems` are written, numbers keep to 18 digits.
// Never wider: what it cannot enforce it refuses by name.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/constrain/automaton.h"
#include "engine/constrain/regex.h"

namespace fragua::engine {

// What a string must obey beyond being one. The grammar marks such strings with the rule's index.
struct StringRuleText {
  LengthBounds bounds;
  std::optional<Regex> pattern;
};

struct SchemaGrammar {
  std::string ebnf;
  std::vector<StringRuleText> rules;
};

struct SchemaLimits {
  std::size_t depth_max = 64;
  std::size_t grammar_bytes_max = 512 << 10;
};

// Error(invalid_argument): not a schema, or nothing satisfies it; Error(unsupported): names the keyword and where it
// stands; Error(too_large).
SchemaGrammar schema_grammar(const json::value& schema, const SchemaLimits& limits);
// Any JSON object, with white space as people and models write it, but never endless.
SchemaGrammar any_object_grammar();

}  // namespace fragua::engine
