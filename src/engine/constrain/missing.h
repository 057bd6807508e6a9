// What an answer that was cut short still lacks, in a sentence for the person who reads it.
// Callers: grammar_state. Threads: any; pure.
#pragma once
#include <string>
#include <string_view>

#include "base/json.h"
#include "engine/constrain/grammar.h"

namespace fragua::engine {

struct CutAnswer {
  GrammarSpec::Kind kind;
  const json::value& schema;  // null when there is none
  std::string_view text;
  std::string_view forced;  // what would have to come next
};

std::string missing_from(const CutAnswer& answer);

}  // namespace fragua::engine
