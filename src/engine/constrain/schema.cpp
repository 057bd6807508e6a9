#include "engine/constrain/schema.h"

#include "engine/constrain/schema_compiler.h"

namespace fragua::engine {
namespace {

// Strings end in their own rule, which calls itself: the shape for which the matcher has a fast path. A lone half of a
// surrogate pair is no character, so escapes come in the pairs that are one.
constexpr std::string_view kStrings = R"(string ::= "\"" string_rest
escape ::= ["\\/bfnrt] | "u" ([0-9A-Ca-cE-Fe-f] hex hex hex | [Dd] [0-7] hex hex | [Dd] [89ABab] hex hex "\\u" [Dd] [C-Fc-f] hex hex)
hex ::= [0-9A-Fa-f]
number ::= "-"? ("0" | [1-9] [0-9]{0,17}) ("." [0-9]{1,17})? ([eE] [-+]? [1-9] [0-9]?)?
integer ::= "0" | "-"? [1-9] [0-9]{0,17}
)";
constexpr std::string_view kStringRest =
    R"(string_rest ::= "\"" | [\u0020-\u0021\u0023-\u005b\u005d-\ud7ff\ue000-\U0010ffff] string_rest | "\\" escape string_rest )";

constexpr std::string_view kCompact = R"((= [,}\]:])
value ::= string | number | object | array | "true" | "false" | "null"
object ::= "{}" | "{" string ": " value (", " string ": " value)* "}"
array ::= "[]" | "[" value (", " value)* "]"
)";

constexpr std::string_view kSpaced = R"((= [ \n]* [,}\]:])
root ::= object
space ::= "" | " " | "\n" " "{0,32}
value ::= string | number | object | array | "true" | "false" | "null"
object ::= "{" space ("}" | member ("," space member)* "}")
member ::= string space ":" space value space
array ::= "[" space ("]" | item ("," space item)* "]")
item ::= value space
)";

}  // namespace

SchemaGrammar SchemaCompiler::compile() {
  const std::string root = expression_of(shape_of(root_));
  std::string text(kStrings);
  text += kStringRest;
  text += kCompact;
  return {text + writer_.text() + "root ::= " + root + "\n", std::move(rules_)};
}

SchemaGrammar schema_grammar(const json::value& schema, const SchemaLimits& limits) {
  return SchemaCompiler(schema, limits).compile();
}

SchemaGrammar any_object_grammar() {
  std::string text(kStrings);
  text += kStringRest;
  text += kSpaced;
  return {text, {}};
}

}  // namespace fragua::engine
