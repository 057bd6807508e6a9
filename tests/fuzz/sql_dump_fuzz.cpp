// SQL dumps: any bytes are refused or read; every row fits its table, and a table that is not wanted gives none.
#include "catalogue/sources/sql_dump.h"

#include <map>

#include "base/strings.h"
#include "fuzz/fuzz.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

class CheckingSink final : public RowSink {
 public:
  bool wants(std::string_view table) override { return table.size() % 4 != 0; }
  bool wants_column(std::string_view, std::string_view column) override { return column.size() % 4 != 0; }
  void table(const TableHead& head) override { columns_[head.name] = head.columns; }
  void row(std::string_view table, Cells cells) override {
    CHECK_THAT(wants(table));
    const auto& columns = columns_.at(std::string(table));
    CHECK_THAT(cells.size() == columns.size());
    for (std::size_t i = 0; i < cells.size(); ++i) CHECK_THAT(!cells[i] || (wants_column(table, columns[i].name) && is_valid_utf8(*cells[i])));
  }
  void relation(const Relation& relation) override { CHECK_THAT(relation.to_table.empty() == relation.to_column.empty()); }

 private:
  std::map<std::string, std::vector<Column>> columns_;
};

}  // namespace

void fuzz(std::string_view input) {
  looks_like_sql(input);
  CheckingSink sink;
  SqlDump(std::make_unique<TextReader>(bytes_of(std::string(input)), declared_encoding(input), nullptr)).read(sink);
}
