#include "catalogue/sources/sql_dump.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "catalogue/sources/sql_definitions.h"
#include "catalogue/sources/sql_lexer.h"
#include "catalogue/sources/sql_rows.h"

namespace fragua::catalogue {

namespace {

class DumpReader {
 public:
  DumpReader(TextReader& reader, RowSink& sink) : lexer_(reader), tables_(sink) {}

  void read() {
    while (lexer_.peek().kind != SqlKind::end) read_statement();
  }

 private:
  void read_statement() {
    const auto first = lexer_.take();
    if (first.is_sign(";")) return;
    if (first.is_sign("`")) fail_at(first.at, "a name in backquotes: this is a dump of MySQL, and only PostgreSQL's are read");
    if (first.kind == SqlKind::command) {
      if (first.text.starts_with("connect ") || first.text.starts_with("c ")) tables_.begin_database();
    } else if (first.kind != SqlKind::word) {
      fail_at(first.at, "a statement of SQL is expected here");
    } else if (first.text == "insert") {
      read_insert(lexer_, tables_);
    } else if (first.text == "copy") {
      read_copy(lexer_, tables_);
    } else if (first.text == "create") {
      read_create(lexer_, tables_);
    } else if (first.text == "alter") {
      read_alter(lexer_, tables_);
    } else if (first.text == "set") {
      read_setting();
    } else {
      lexer_.skip_statement();
    }
  }

  void read_setting() {
    while (lexer_.take_word("session") || lexer_.take_word("local")) {
    }
    const auto name = lexer_.take();
    if (!lexer_.take_sign("=") && !lexer_.take_word("to")) return lexer_.skip_statement();
    const auto& value = lexer_.peek();
    if (name.is_word("standard_conforming_strings")) lexer_.backslash_escapes(lowercase(value.text) == "off");
    if (name.is_word("search_path") && !value.text.empty()) tables_.use_schema(value.text);
    lexer_.skip_statement();
  }

  SqlLexer lexer_;
  SqlTables tables_;
};

bool ends_a_line(std::string_view text) {
  return text.ends_with(';') || text.find(";\n") != std::string_view::npos || text.find(";\r\n") != std::string_view::npos;
}

// PostgreSQL's names that ICU does not know.
std::string icu_name(std::string_view name) {
  auto lower = lowercase(name);
  if (lower == "utf8" || lower == "unicode" || lower == "sql_ascii") return "";
  std::replace(lower.begin(), lower.end(), '_', '-');
  return lower.starts_with("win") && !lower.starts_with("windows") ? "windows-" + lower.substr(3) : lower;
}

}  // namespace

void SqlDump::read(RowSink& sink) { DumpReader(*reader_, sink).read(); }

bool looks_like_sql(std::string_view head) {
  static constexpr std::array<std::string_view, 8> kFirst = {"set", "create", "insert", "copy", "alter", "select", "begin", "drop"};
  const auto text = trimmed(head);
  if (text.starts_with("--") || text.starts_with("/*")) return true;
  if (text.starts_with('\\')) return text.size() > 1 && text[1] >= 'a' && text[1] <= 'z';
  if (lowercase(text.substr(0, 6)) == "begin;") return true;
  const auto word = text.substr(0, text.find_first_of(" \t\r\n"));
  const bool known = std::find(kFirst.begin(), kFirst.end(), lowercase(word)) != kFirst.end();
  // The header of a CSV file may begin with such a word ("Set, price"), but its lines do not end in a semicolon.
  return known && (lowercase(text.substr(0, 12)) == "insert into " || ends_a_line(text));
}

std::string declared_encoding(std::string_view head) {
  // What the block cuts off is not read: a statement counts with its end.
  const auto whole = head.substr(0, head.rfind(';') == std::string_view::npos ? 0 : head.rfind(';') + 1);
  TextReader reader(bytes_of(std::string(whole)), "UTF-8", nullptr);
  SqlLexer lexer(reader);
  while (lexer.peek().kind == SqlKind::command || lexer.peek().is_word("set") || lexer.peek().is_word("select")) {
    const auto first = lexer.take();
    if (first.kind == SqlKind::command) continue;
    const bool declares = first.text == "set" && lexer.take_word("client_encoding");
    if (declares && (lexer.take_sign("=") || lexer.take_word("to"))) return icu_name(lexer.take().text);
    lexer.skip_statement();
  }
  return "";
}

}  // namespace fragua::catalogue
