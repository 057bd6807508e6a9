#include "catalogue/sources/sql_definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fragua::catalogue {

namespace {

// What may follow a column's type.
constexpr std::array<std::string_view, 13> kAfterType = {"not", "null", "default", "constraint", "primary", "unique", "references",
                                                         "check", "collate", "generated", "storage", "compression", "options"};

bool ends_type(const SqlToken& token) {
  if (token.kind == SqlKind::end || token.is_sign(",") || token.is_sign(")") || token.is_sign(";")) return true;
  return token.kind == SqlKind::word && std::find(kAfterType.begin(), kAfterType.end(), token.text) != kAfterType.end();
}

bool ends_element(const SqlToken& token) { return token.kind == SqlKind::end || token.is_sign(",") || token.is_sign(")"); }

// One token, or all that stands in brackets.
void skip_one(SqlLexer& lexer) {
  std::size_t depth = 0;
  do {
    const auto token = lexer.take();
    if (token.kind == SqlKind::end) fail_at(token.at, "a bracket is not closed: the file is cut off");
    if (token.is_sign("(")) ++depth;
    if (token.is_sign(")") && depth > 0) --depth;
  } while (depth > 0);
}

void skip_element(SqlLexer& lexer) {
  while (!ends_element(lexer.peek())) skip_one(lexer);
}

// The type as PostgreSQL shows it, without its schema and quotes: "numeric(10,2)", "timestamp(3) without time zone", "EventStatus[]".
std::string read_type(SqlLexer& lexer) {
  std::string type;
  bool in_brackets = false;
  while (in_brackets || !ends_type(lexer.peek())) {
    const auto token = lexer.take();
    if (token.kind == SqlKind::end) fail_at(token.at, "a column's type is not complete: the file is cut off");
    if (token.is_sign("(")) in_brackets = true;
    if (token.is_sign(")")) in_brackets = false;
    if (token.is_sign(".")) {
      type.clear();
    } else {
      const bool apart = token.is_name() && !type.empty() && !type.ends_with('(') && !type.ends_with(',');
      type += apart ? " " + token.text : token.text;
    }
  }
  return type;
}

SqlReference read_reference(SqlLexer& lexer, std::vector<std::string> columns) {
  SqlReference reference{std::move(columns), read_qualified_name(lexer), {}};
  if (lexer.peek().is_sign("(")) reference.to_columns = read_column_names(lexer);
  return reference;
}

// Between the brackets of CREATE TABLE.
class TableReader {
 public:
  TableReader(SqlLexer& lexer, SqlTables& tables) : lexer_(lexer), tables_(tables) {}

  void read(const QualifiedName& name, Position at) {
    if (lexer_.take_sign("(") && !lexer_.take_sign(")")) {
      do read_element();
      while (lexer_.take_sign(","));
      lexer_.require_sign(")");
    }
    read_parents();
    tables_.define(name, std::move(columns_), at);
    if (whole_) tables_.attach(*whole_, name);
    if (!key_.empty()) tables_.tell_key(name, std::move(key_));
    for (const auto& reference : references_) tables_.tell_reference(name, reference);
  }

 private:
  void read_element() {
    if (lexer_.take_word("constraint")) lexer_.require_name();
    const auto& token = lexer_.peek();
    if (token.is_word("primary") || token.is_word("foreign")) {
      read_constraint();
    } else if (lexer_.take_word("like")) {
      add_columns_of(read_qualified_name(lexer_));
    } else if (!token.is_word("unique") && !token.is_word("check")) {
      read_column();
    }
    skip_element(lexer_);
  }

  void read_constraint() {
    const bool primary = lexer_.take().text == "primary";
    lexer_.require_word("key");
    auto columns = read_column_names(lexer_);
    if (primary) {
      key_ = std::move(columns);
    } else {
      lexer_.require_word("references");
      references_.push_back(read_reference(lexer_, std::move(columns)));
    }
  }

  void read_column() {
    const auto at = lexer_.peek().at;
    auto name = lexer_.require_name();
    // A column may be called that, too.
    if (name == "exclude" && (lexer_.peek().is_word("using") || lexer_.peek().is_sign("("))) return;
    if (columns_.size() >= kColumnsMax) fail_at(at, fmt::format("more than {} columns", kColumnsMax));
    columns_.push_back({name, read_type(lexer_), {}});
    while (!ends_element(lexer_.peek())) {
      if (lexer_.take_word("primary")) {
        key_ = {name};
      } else if (lexer_.take_word("references")) {
        references_.push_back(read_reference(lexer_, {name}));
      } else {
        skip_one(lexer_);
      }
    }
  }

  // A child has its parents' columns before its own.
  void read_parents() {
    auto own = std::move(columns_);
    columns_.clear();
    if (lexer_.take_word("inherits")) {
      for (const auto& parent : read_parent_names()) add_columns_of(parent);
    } else if (lexer_.take_word("partition") && lexer_.take_word("of")) {
      whole_ = read_qualified_name(lexer_);
      add_columns_of(*whole_);
    }
    for (auto& column : own) add(std::move(column));
  }

  std::vector<QualifiedName> read_parent_names() {
    std::vector<QualifiedName> names;
    lexer_.require_sign("(");
    do names.push_back(read_qualified_name(lexer_));
    while (lexer_.take_sign(","));
    lexer_.require_sign(")");
    return names;
  }

  void add_columns_of(const QualifiedName& name) {
    const auto* table = tables_.find(name);
    if (!table) return;
    for (const auto& column : table->sink.head().columns) add(column);
  }

  void add(Column column) {
    const auto same = [&](const Column& other) { return other.name == column.name; };
    if (std::none_of(columns_.begin(), columns_.end(), same)) columns_.push_back(std::move(column));
  }

  SqlLexer& lexer_;
  SqlTables& tables_;
  std::vector<Column> columns_;
  std::vector<std::string> key_;
  std::vector<SqlReference> references_;
  std::optional<QualifiedName> whole_;  // the table that this one is a partition of
};

void read_table(SqlLexer& lexer, SqlTables& tables) {
  const auto at = lexer.peek().at;
  if (lexer.take_word("if")) {
    lexer.require_word("not");
    lexer.require_word("exists");
  }
  const auto name = read_qualified_name(lexer);
  // CREATE TABLE … AS, … OF: pg_dump does not write them.
  if (lexer.peek().is_sign("(") || lexer.peek().is_word("partition")) TableReader(lexer, tables).read(name, at);
}

void read_enumeration(SqlLexer& lexer, SqlTables& tables) {
  const auto name = read_qualified_name(lexer);
  if (!lexer.take_word("as") || !lexer.take_word("enum")) return;
  std::vector<std::string> values;
  lexer.require_sign("(");
  while (lexer.peek().kind == SqlKind::text) {
    values.push_back(lexer.take().text);
    if (!lexer.take_sign(",")) break;
  }
  lexer.require_sign(")");
  tables.define_enumeration(name.name, std::move(values));
}

}  // namespace

QualifiedName read_qualified_name(SqlLexer& lexer) {
  QualifiedName name{"", lexer.require_name()};
  while (lexer.take_sign(".")) {
    name.schema = std::move(name.name);
    name.name = lexer.require_name();
  }
  return name;
}

std::vector<std::string> read_column_names(SqlLexer& lexer) {
  std::vector<std::string> names;
  lexer.require_sign("(");
  do {
    const auto at = lexer.peek().at;
    names.push_back(lexer.require_name());
    if (names.size() > kColumnsMax) fail_at(at, fmt::format("more than {} columns", kColumnsMax));
  } while (lexer.take_sign(","));
  lexer.require_sign(")");
  return names;
}

void read_create(SqlLexer& lexer, SqlTables& tables) {
  while (lexer.take_word("unlogged") || lexer.take_word("global") || lexer.take_word("local") || lexer.take_word("temporary") ||
         lexer.take_word("temp")) {
  }
  if (lexer.take_word("table")) {
    read_table(lexer, tables);
  } else if (lexer.take_word("type")) {
    read_enumeration(lexer, tables);
  }
  lexer.skip_statement();
}

void read_alter(SqlLexer& lexer, SqlTables& tables) {
  if (!lexer.take_word("table")) return lexer.skip_statement();
  if (lexer.take_word("if")) lexer.require_word("exists");
  lexer.take_word("only");
  const auto name = read_qualified_name(lexer);
  if (lexer.take_word("attach") && lexer.take_word("partition")) tables.attach(name, read_qualified_name(lexer));
  if (!lexer.take_word("add")) return lexer.skip_statement();
  if (lexer.take_word("constraint")) lexer.require_name();
  const bool primary = lexer.take_word("primary");
  if ((primary || lexer.take_word("foreign")) && lexer.take_word("key") && lexer.peek().is_sign("(")) {
    auto columns = read_column_names(lexer);
    if (primary) tables.tell_key(name, std::move(columns));
    else if (lexer.take_word("references")) tables.tell_reference(name, read_reference(lexer, std::move(columns)));
  }
  lexer.skip_statement();
}

}  // namespace fragua::catalogue
