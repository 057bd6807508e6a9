// Lexer: template source to tokens; trims what `{{-` and `-}}` trim, drops comments, decodes quoted texts.
// Callers: the parser. Threads: any; pure. Errors give line and column.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fragua::modelfile {

enum class TokenKind { text, action_start, action_end, identifier, field, variable, dot, number, quoted, symbol, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  // field without its dot, variable with its $, quoted decoded, symbol as written
  std::size_t offset = 0;
  bool spaced = false;  // white space before it, inside an action
};

// The last token is always `end`.
std::vector<Token> lex_template(std::string_view source);

}  // namespace fragua::modelfile
