// SqliteConnection: one sqlite3 handle with its prepared statements. Callers: sqlite/database only. Threads: one at a time.
// Translates SQLite's results into Errors; keeps at most kStatementsMax statements prepared.
#pragma once
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "db/database.h"

namespace fragua::db {

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::filesystem::path& file, bool writes, std::chrono::milliseconds wait);
  Rows query(std::string_view sql, Values values) override;
  std::int64_t execute(std::string_view sql, Values values) override;
  // A full disk rolls back by itself; then there is nothing to undo.
  void roll_back() noexcept { sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr); }

 private:
  struct CloseHandle {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

  sqlite3_stmt* prepare(std::string_view sql);
  void bind(sqlite3_stmt* statement, const Values& values);
  [[noreturn]] void fail(int result);

  std::unique_ptr<sqlite3, CloseHandle> handle_;
  std::map<std::string, Statement, std::less<>> statements_;
};

}  // namespace fragua::db
