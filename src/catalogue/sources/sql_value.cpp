#include "catalogue/sources/sql_value.h"

#include <fmt/format.h>

#include "catalogue/sources/postgres_array.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kDepthMax = 16;

class ValueReader {
 public:
  explicit ValueReader(SqlLexer& lexer) : lexer_(lexer) {}

  SqlValue read(std::size_t depth = 1) {
    if (depth > kDepthMax) fail_at(lexer_.peek().at, "a value is nested too deeply");
    auto value = read_constant(depth);
    while (lexer_.take_sign("::")) skip_type();
    return value;
  }

 private:
  SqlValue read_constant(std::size_t depth) {
    const auto kind = lexer_.peek().kind;
    if (kind == SqlKind::text || kind == SqlKind::number) return {lexer_.take().text};
    if (kind == SqlKind::word) return read_word(depth);
    if (lexer_.take_sign("(")) {
      auto value = read(depth + 1);
      lexer_.require_sign(")");
      return value;
    }
    const bool minus = lexer_.take_sign("-");
    if ((minus || lexer_.take_sign("+")) && lexer_.peek().kind == SqlKind::number) return {(minus ? "-" : "") + lexer_.take().text};
    lexer_.fail_expected("a value");
  }

  SqlValue read_word(std::size_t depth) {
    auto word = lexer_.take();
    if (word.is_word("null") || word.is_word("default")) return {};
    if (word.is_word("true") || word.is_word("false")) return {word.text};
    if (word.is_word("array") && lexer_.peek().is_sign("[")) return {read_array(depth), true};
    if (word.is_word("cast") && lexer_.peek().is_sign("(")) return read_cast(depth);
    // A type before its constant: timestamp without time zone '2025-01-18 10:26:13'
    while (lexer_.peek().kind == SqlKind::word) lexer_.take();
    if (lexer_.peek().kind == SqlKind::text) return {lexer_.take().text};
    fail_at(word.at, fmt::format("\"{}\" is not a constant: only values that are written out are read", word.text));
  }

  // As PostgreSQL writes it in a string, {…}: one way to read arrays.
  std::string read_array(std::size_t depth) {
    if (depth > kDepthMax) fail_at(lexer_.peek().at, "an array is nested too deeply");
    const auto at = lexer_.peek().at;
    std::string literal = "{";
    lexer_.require_sign("[");
    while (!lexer_.take_sign("]")) {
      if (literal.size() > 1) {
        lexer_.require_sign(",");
        literal += ',';
      }
      // In an array of arrays the inner ones need no ARRAY.
      if (lexer_.peek().is_sign("[")) {
        literal += read_array(depth + 1);
      } else {
        const auto item = read(depth + 1);
        literal += !item.cell ? "NULL" : item.is_array ? *item.cell : array_item(*item.cell);
      }
      if (literal.size() > kCellMaxBytes) fail_at(at, fmt::format("an array is longer than {} MiB", kCellMaxBytes >> 20));
    }
    return literal + '}';
  }

  SqlValue read_cast(std::size_t depth) {
    lexer_.require_sign("(");
    auto value = read(depth + 1);
    lexer_.require_word("as");
    skip_type();
    lexer_.require_sign(")");
    return value;
  }

  // character varying(10)[], public."EventStatus"
  void skip_type() {
    lexer_.require_name();
    while (true) {
      if (lexer_.peek().is_name()) {
        lexer_.take();
      } else if (lexer_.take_sign(".")) {
        lexer_.require_name();
      } else if (lexer_.take_sign("(")) {
        while (lexer_.peek().kind == SqlKind::number || lexer_.peek().is_sign(",")) lexer_.take();
        lexer_.require_sign(")");
      } else if (lexer_.take_sign("[")) {
        if (lexer_.peek().kind == SqlKind::number) lexer_.take();
        lexer_.require_sign("]");
      } else {
        return;
      }
    }
  }

  SqlLexer& lexer_;
};

}  // namespace

SqlValue read_value(SqlLexer& lexer) { return ValueReader(lexer).read(); }

}  // namespace fragua::catalogue
