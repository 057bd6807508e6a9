// Grammars: what an answer must look like, compiled once for a vocabulary and shared by every sequence that asks for
// it. Callers: scheduler (compile before a request is admitted, on a worker), GrammarState (reads). Threads: any. Never
// keeps more compiled grammars than its limits say; a compile that has begun cannot be cancelled, so what goes in is
// limited instead.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/token.h"

namespace fragua::engine {

struct GrammarSpec {
  enum class Kind { json, json_schema, ebnf, regex };
  Kind kind = Kind::json;
  std::string text;  // the schema, the grammar (GBNF: rules `name ::= ...`, root rule `root`) or the expression
  // Texts of control tokens that a literal of the grammar means as one token ("[TOOL_CALLS]").
  std::vector<std::string> preserved;
};
// "json", "json_schema", "ebnf" (also "gbnf"), "regex"; Error(invalid_argument) for anything else.
GrammarSpec::Kind grammar_kind(const std::string& name);

struct GrammarVocabulary {
  std::vector<std::string> pieces;    // raw bytes of each token
  std::vector<Token> stop_tokens;     // allowed where the answer may end
  std::vector<Token> control_tokens;  // never part of an answer, whatever their text
  int size = 0;                       // of a row of logits, where that is more than the pieces
};

struct GrammarLimits {
  std::size_t text_bytes_max = 256 << 10;
  std::size_t depth_max = 64;
  std::size_t grammar_bytes_max = 512 << 10;  // of the rules that a schema unfolds to
  std::size_t cached_max = 256;               // compiled grammars
  std::size_t cached_bytes_max = 64 << 20;
  int threads = 2;  // of one compilation
};

// Immutable. What it holds is grammar.cpp's.
class Grammar;

class GrammarCompiler {
 public:
  // Takes some 0.3 s for a vocabulary of 150,000: make it when the model is loaded, not when a request waits.
  explicit GrammarCompiler(const GrammarVocabulary& vocabulary, GrammarLimits limits = {});
  ~GrammarCompiler();

  // Error(invalid_argument): not a schema, grammar or expression, or one that nothing satisfies; Error(unsupported):
  // names the keyword or construct that Fragua cannot enforce; Error(too_large): over a limit.
  std::shared_ptr<const Grammar> compile(const GrammarSpec& spec);

  int vocabulary_size() const;
  std::size_t cached_count() const;
  std::size_t cached_bytes() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fragua::engine
