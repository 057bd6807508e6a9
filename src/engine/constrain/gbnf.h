// GBNF, llama.cpp's notation for grammars, in xgrammar's: empty alternatives, `.`, two-digit \x, rule names that begin
// with a digit, tokens such as `<think>` or `<[151667]>`. Callers: grammar (kind ebnf). Threads: any; pure.
// Error(invalid_argument) with line and what was expected; Error(unsupported) for what would take too long to compile.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/token.h"

namespace fragua::engine {

struct GbnfContext {
  // The token that has exactly this text.
  std::function<std::optional<Token>(std::string_view text)> token_of;
  // Texts that are one token each, inside of literals too.
  std::vector<std::string> preserved;
  int token_count = 0;
};

std::string ebnf_of_gbnf(std::string_view gbnf, const GbnfContext& context);

}  // namespace fragua::engine
