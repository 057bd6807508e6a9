// Regular expressions as JSON Schema writes them (ECMA-262's core): parsed to a tree, from which automata are built.
// Callers: schema (pattern, format), grammar (kind regex). Threads: any; a tree is plain data.
// Refuses by name what it does not know (look-around, back-references, word boundaries, Unicode properties).
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "engine/constrain/codepoints.h"

namespace fragua::engine {

struct Regex {
  enum class Kind { set, sequence, choice, repeat };
  static constexpr int kUnlimited = -1;

  Kind kind = Kind::sequence;  // of nothing: the empty text
  CodepointSet set;
  std::vector<Regex> parts;
  int least = 0;  // of a repeat
  int most = kUnlimited;
};

// `searched`: as JSON Schema's `pattern`, found anywhere, so an expression with only one anchor leaves the other side
// open. Without anchors it is taken as the whole text: what its author most often means, and never wrong.
// Error(invalid_argument): not an expression; Error(unsupported): says which construct.
Regex parse_regex(std::string_view text, bool searched);

Regex regex_of_literal(std::string_view text);
Regex regex_choice(std::vector<Regex> parts);
Regex regex_repeat(Regex part, int least, int most);
Regex regex_any_text(int least = 0, int most = Regex::kUnlimited);

}  // namespace fragua::engine
