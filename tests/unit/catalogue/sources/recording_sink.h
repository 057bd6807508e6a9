// RecordingSink: keeps all that a source hands over. Callers: tests of sources. Threads: the test's.
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/error.h"
#include "catalogue/rows.h"
#include "catalogue/sources/sql_dump.h"

namespace fragua::tests {

using catalogue::Cell;
using catalogue::Cells;
using catalogue::Relation;
using catalogue::RowSink;
using catalogue::SqlDump;
using catalogue::TableHead;
using catalogue::TextReader;

class RecordingSink : public RowSink {
 public:
  std::set<std::string, std::less<>> wanted;                    // none: all
  std::set<std::string, std::less<>> unwanted_columns;
  std::vector<TableHead> heads;
  std::map<std::string, std::vector<Cells>, std::less<>> rows;
  std::vector<std::string> relations;                           // "Event.venueId -> Venue.id"

  bool wants(std::string_view table) override { return wanted.empty() || wanted.contains(table); }
  bool wants_column(std::string_view, std::string_view column) override { return !unwanted_columns.contains(column); }
  void table(const TableHead& head) override { heads.push_back(head); }
  void row(std::string_view table, Cells cells) override { rows[std::string(table)].push_back(std::move(cells)); }
  void relation(const Relation& r) override { relations.push_back(r.table + "." + r.column + " -> " + r.to_table + "." + r.to_column); }

  // "id <integer>, name <text>"
  std::string columns_of(std::string_view table) const {
    const auto head = std::find_if(heads.begin(), heads.end(), [&](const TableHead& h) { return h.name == table; });
    if (head == heads.end()) return "no such table";
    std::string out;
    for (const auto& column : head->columns) out += (out.empty() ? "" : ", ") + column.name + " <" + column.type + ">";
    return out;
  }
};

// "a|NULL|c"
inline std::string shown(const Cells& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? "|" : "") + cells[i].value_or("NULL");
  return out;
}

inline void read_sql(std::string_view text, RowSink& sink) {
  SqlDump(std::make_unique<TextReader>(catalogue::bytes_of(std::string(text)), "", nullptr)).read(sink);
}
inline RecordingSink read_sql(std::string_view text) {
  RecordingSink sink;
  read_sql(text, sink);
  return sink;
}

// What the Error says; "" where there is none.
inline std::string error_of(const std::function<void()>& work) {
  try {
    work();
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}
inline std::string sql_error(std::string_view text) {
  return error_of([&] { read_sql(text); });
}

}  // namespace fragua::tests
