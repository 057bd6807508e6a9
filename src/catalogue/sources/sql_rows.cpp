#include "catalogue/sources/sql_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalogue/sources/escapes.h"
#include "catalogue/sources/sql_definitions.h"
#include "catalogue/sources/sql_value.h"

namespace fragua::catalogue {

namespace {

// A statement's table, and which of its columns each value of a row is for.
class Target {
 public:
  Target(SqlLexer& lexer, SqlTables& tables) : at_(lexer.peek().at), name_(read_qualified_name(lexer)) {
    std::vector<std::string> columns;
    if (lexer.peek().is_sign("(")) columns = read_column_names(lexer);
    table_ = tables.find(name_);
    if (!table_ && !columns.empty()) table_ = &tables.define(name_, columns_named(columns), at_);
    if (table_) use_whole_table(columns);
    if (wanted()) place(columns);
    if (!table_ && tables.wants(name_))
      fail_at(at_, fmt::format("the rows of \"{}\" name no columns, and no CREATE TABLE came before them", name()));
  }

  const std::string& name() const { return name_.name; }
  bool wanted() const { return table_ && table_->sink.wanted(); }

  void begin_row() {
    cells_.assign(table_->sink.head().columns.size(), std::nullopt);
    values_ = 0;
  }
  // Whether the next value is worth keeping.
  bool keeps() const { return values_ < places_.size() && table_->sink.wants(places_[values_]); }
  void add(SqlValue value, Position at) {
    if (keeps() && value.cell) {
      const auto place = places_[values_];
      const auto form = table_->forms[place];
      auto text = with_form(value.is_array && form == CellForm::as_it_is ? CellForm::texts : form, std::move(*value.cell));
      if (!text) fail_at(at, fmt::format("the value of \"{}\": {}", table_->sink.head().columns[place].name, text.error().what()));
      cells_[place] = std::move(*text);
    }
    ++values_;
  }
  void end_row(std::string_view what, Position at) {
    if (values_ != places_.size())
      fail_at(at, fmt::format("{} \"{}\" has {} values for {} columns", what, name(), values_, places_.size()));
    table_->sink.row(std::move(cells_));
  }

 private:
  static std::vector<Column> columns_named(const std::vector<std::string>& names) {
    std::vector<Column> columns;
    for (const auto& name : names) columns.push_back({name, "", {}});
    return columns;
  }

  // Rows of a partition are rows of the table that it is part of, where that is wanted.
  void use_whole_table(std::vector<std::string>& columns) {
    auto* whole = table_;
    while (whole->part_of) whole = whole->part_of;
    if (whole == table_ || !whole->sink.wanted()) return;
    if (columns.empty())
      for (const auto& column : table_->sink.head().columns) columns.push_back(column.name);
    table_ = whole;
  }

  void place(const std::vector<std::string>& columns) {
    for (const auto& column : columns) {
      const auto found = table_->sink.find(column);
      if (!found) fail_at(at_, fmt::format("\"{}\" has no column \"{}\"", name(), column));
      if (std::find(places_.begin(), places_.end(), *found) != places_.end())
        fail_at(at_, fmt::format("the column \"{}\" of \"{}\" is named twice", column, name()));
      places_.push_back(*found);
    }
    if (!columns.empty()) return;
    for (std::size_t i = 0; i < table_->sink.head().columns.size(); ++i) places_.push_back(i);
  }

  Position at_;
  QualifiedName name_;
  SqlTable* table_ = nullptr;   // none: not known, and not wanted
  std::vector<std::size_t> places_;
  Cells cells_;
  std::size_t values_ = 0;
};

void read_row(SqlLexer& lexer, Target& target) {
  const auto row_at = lexer.peek().at;
  lexer.require_sign("(");
  target.begin_row();
  do {
    const auto at = lexer.peek().at;
    target.add(read_value(lexer), at);
  } while (lexer.take_sign(","));
  lexer.require_sign(")");
  target.end_row("an INSERT into", row_at);
}

// The rows of COPY in its text format: cells between tabs, \N for NULL, \. after the last.
class CopyReader {
 public:
  CopyReader(TextReader& reader, Target& target) : reader_(reader), target_(target) {}

  void read() {
    reader_.take_until("\n", nullptr);
    reader_.take();
    while (!at_last_line()) {
      const auto at = reader_.position();
      if (reader_.peek() == TextReader::kEnd)
        reader_.fail(fmt::format("the rows of \"{}\" never end: the file is cut off", target_.name()));
      if (!target_.wanted()) {
        reader_.take_until("\n", nullptr);
        reader_.take();
        continue;
      }
      target_.begin_row();
      while (read_cell()) {
      }
      target_.end_row("a row of", at);
      begun_ = false;
    }
  }

 private:
  // Takes `\.`. A backslash that begins something else is taken too, and remembered.
  bool at_last_line() {
    begun_ = false;
    if (reader_.peek() != '\\') return false;
    reader_.skip(1);
    begun_ = true;
    if (reader_.peek() != '.') return false;
    reader_.take_until("\n", nullptr);
    return true;
  }

  // False: it was the row's last.
  bool read_cell() {
    const auto at = reader_.position();
    const bool keeps = target_.keeps();
    std::string text;
    bool null = false, escaped = false;
    while (true) {
      if (!begun_) reader_.take_until("\t\n\\", keeps ? &text : nullptr);
      if (!begun_ && reader_.peek() != '\\') break;
      if (!begun_) reader_.skip(1);
      begun_ = false;
      escaped = true;
      null = text.empty() && reader_.peek() == 'N';
      const auto character = take_escape(reader_, SqlEscapes::copy);
      if (keeps) text += character;
      const int next = reader_.peek();
      null &= next == '\t' || next == '\n' || next == TextReader::kEnd;
    }
    if (escaped && !is_valid_utf8(text)) text = sanitized_utf8(text);
    target_.add({null || !keeps ? Cell() : Cell(std::move(text))}, at);
    return reader_.take() == '\t';
  }

  TextReader& reader_;
  Target& target_;
  bool begun_ = false;  // a backslash is taken
};

}  // namespace

void read_insert(SqlLexer& lexer, SqlTables& tables) {
  lexer.require_word("into");
  Target target(lexer, tables);
  if (!target.wanted()) return lexer.skip_statement();
  if (lexer.take_word("overriding")) {
    lexer.require_name();
    lexer.require_word("value");
  }
  lexer.require_word("values");
  do read_row(lexer, target);
  while (lexer.take_sign(","));
  if (lexer.peek().is_word("on") || lexer.peek().is_word("returning")) return lexer.skip_statement();
  lexer.require_sign(";");
}

void read_copy(SqlLexer& lexer, SqlTables& tables) {
  Target target(lexer, tables);
  lexer.require_word("from");
  if (!lexer.take_word("stdin")) lexer.fail_expected("stdin (only rows that stand in the dump itself are read)");
  if (!lexer.take_sign(";")) lexer.fail_expected("\";\" (of COPY only the text format is read, as pg_dump writes it)");
  CopyReader(lexer.reader(), target).read();
}

}  // namespace fragua::catalogue
