// Grammar: what a compiled grammar holds. Callers: grammar.cpp makes it, grammar_state.cpp reads it, nobody else
// includes it: xgrammar's headers stay here. Threads: immutable, but for the patterns' own locked caches.
#pragma once
#include <xgrammar/xgrammar.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "base/json.h"
#include "engine/constrain/grammar.h"
#include "engine/constrain/string_tracker.h"
#include "engine/constrain/vocabulary_tables.h"

namespace fragua::engine {

class Grammar {
 public:
  GrammarSpec::Kind kind;
  xgrammar::CompiledGrammar compiled;
  std::vector<StringRule> rules;
  json::value schema;  // of json_schema, for saying what is missing
  std::shared_ptr<const VocabularyTables> vocabulary;
  std::vector<Token> stop_tokens;
  std::size_t bytes = 0;
};

}  // namespace fragua::engine
