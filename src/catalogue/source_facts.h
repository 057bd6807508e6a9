// SourceFacts: what a source's tables look like: columns, keys, how many rows, which values a column has. Callers: catalogue/suggestion,
// in the reading child. Threads: one. Its memory does not grow with the source.
// Of tables and columns that look like people's it learns the names and nothing else.
#pragma once
#include <map>
#include <set>

#include "catalogue/rows.h"

namespace fragua::catalogue {

constexpr std::size_t kDistinctMax = 60;          // more is no facet
constexpr std::size_t kUniqueMax = 100'000;       // more is not looked at for a key

struct ColumnFacts {
  Column column;
  std::int64_t filled = 0;                         // rows with a value
  std::int64_t bytes = 0;
  std::int64_t numbers = 0, days = 0;              // values that are one
  std::set<std::string> distinct;                  // until there are more than kDistinctMax
  bool is_unique = true;                           // as far as was looked
  std::set<std::size_t> hashes;
  bool has_few() const { return distinct.size() <= kDistinctMax; }
};

struct TableFacts {
  std::string name;
  bool is_personal = false;
  std::int64_t rows = 0;
  std::vector<ColumnFacts> columns;
  std::string key;                                 // "": several columns, or none
  std::vector<Relation> references;                // to other tables

  const ColumnFacts* column(std::string_view name) const;
};

class SourceFacts final : public RowSink {
 public:
  bool wants(std::string_view) override { return true; }
  bool wants_column(std::string_view table, std::string_view column) override;
  void table(const TableHead& head) override;
  void row(std::string_view table, Cells cells) override;
  void relation(const Relation& relation) override;

  // In the source's order.
  std::vector<const TableFacts*> tables() const;
  const TableFacts* find(std::string_view name) const;

 private:
  std::map<std::string, TableFacts, std::less<>> tables_;
  std::vector<std::string> order_;
};

}  // namespace fragua::catalogue
