// SqlLexer: the words of PostgreSQL's SQL as pg_dump and psql write it: names, strings of every kind, numbers, signs, psql's backslash
// commands; comments are left out. Callers: the readers of a dump. Threads: one.
// Never reads further than it was asked: after a `;` the text reader stands right behind it, for the rows of COPY.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "catalogue/sources/text_reader.h"

namespace fragua::catalogue {

enum class SqlKind {
  end,
  word,      // a name or key word without quotes, in lower case
  name,      // a name in quotes
  text,      // a string, whatever its quotes
  number,
  sign,      // one character, or "::"
  command,   // of psql: all that follows the backslash, to the end of the line
};

struct SqlToken {
  SqlKind kind = SqlKind::end;
  std::string text;
  Position at;

  bool is_sign(std::string_view sign) const { return kind == SqlKind::sign && text == sign; }
  bool is_word(std::string_view word) const { return kind == SqlKind::word && text == word; }
  bool is_name() const { return kind == SqlKind::word || kind == SqlKind::name; }
};

class SqlLexer {
 public:
  explicit SqlLexer(TextReader& reader) : reader_(reader) {}

  const SqlToken& peek();
  SqlToken take();
  // Takes the next one if it is that.
  bool take_word(std::string_view word);
  bool take_sign(std::string_view sign);
  // Error "… is expected, not …" if it is anything else.
  void require_word(std::string_view word);
  void require_sign(std::string_view sign);
  std::string require_name();
  // To the end of a statement, its `;` included. Keeps nothing of what it reads, so that the length of what it skips does not matter.
  void skip_statement();

  // `SET standard_conforming_strings = off`: a backslash escapes in every string.
  void backslash_escapes(bool everywhere) { backslash_escapes_ = everywhere; }
  TextReader& reader() { return reader_; }
  [[noreturn]] void fail_expected(std::string_view what);

 private:
  void read_token();
  void skip_space();
  void skip_block_comment();
  void read_word();
  void read_prefixed();
  void read_number();
  void read_quoted(char quote);
  void read_escaped();
  void read_dollar();
  void read_command();
  bool read_tag(std::string& tag);
  std::string* kept() { return keeps_ ? &token_.text : nullptr; }
  void append(std::string_view text);

  TextReader& reader_;
  SqlToken token_;
  bool ready_ = false;     // token_ is read and not taken
  bool keeps_ = true;      // the texts of strings
  bool backslash_escapes_ = false;
};

}  // namespace fragua::catalogue
