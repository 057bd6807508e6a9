// StagingRepository: the mapped tables of a source in a database of their own, and the items that the mapping's query makes of them.
// Callers: catalogue/importer, in the reading child. Threads: one; blocks. Gone after the import.
// Only one SELECT of the mapping runs here, on nothing but what was staged.
#pragma once
#include "catalogue/rows.h"
#include "db/database.h"

namespace fragua::catalogue {

class StagingRepository {
 public:
  explicit StagingRepository(db::Connection& connection) : connection_(connection) {}

  // Columns get the affinity of their type: numbers compare as numbers, the rest as texts.
  void create_table(const std::string& name, const std::vector<Column>& columns);
  // For joins.
  void create_index(const std::string& table, const std::string& column);
  // As many cells as the table has columns.
  void insert(const std::string& table, const Cells& cells);
  // Error(invalid_argument): the query is wrong.
  void build_items(const std::string& query, const std::string& key_column);
  std::vector<std::string> item_columns();
  std::int64_t count_items();
  // The first keys that several items have, or that are missing (nothing).
  std::vector<std::optional<std::string>> bad_keys(const std::string& key_column);
  // In the order of the query. The first column is the place to go on from.
  db::Rows items_after(std::int64_t place, std::int64_t limit);

 private:
  void run_query(const std::string& query);

  db::Connection& connection_;
  std::string insert_table_, insert_sql_;      // of the last insert
};

}  // namespace fragua::catalogue
