#include "db/sqlite/connection.h"

#include "base/error.h"
#include "db/sqlite/statement.h"

namespace fragua::db {

namespace {

constexpr std::size_t kStatementsMax = 200;

// Resets a statement however its use ends, so that it holds no lock and no bytes.
class Use {
 public:
  explicit Use(sqlite3_stmt* statement) : statement_(statement) {}
  ~Use() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  sqlite3_stmt* statement_;
};

struct Binder {
  sqlite3_stmt* statement;
  int place;

  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, place); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, place, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, place, value); }
  int operator()(const std::string& value) const {
    return sqlite3_bind_text64(statement, place, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(const Blob& value) const {
    return sqlite3_bind_blob64(statement, place, value.bytes.data(), value.bytes.size(), SQLITE_STATIC);
  }
};

}  // namespace

SqliteConnection::SqliteConnection(const std::filesystem::path& file, bool writes, std::chrono::milliseconds wait) {
  sqlite3* handle = nullptr;
  const int flags = (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
  const int result = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (result != SQLITE_OK) fail(result);
  sqlite3_busy_timeout(handle, int(wait.count()));
  if (writes) {
    query("PRAGMA journal_mode=WAL", {});
    execute("PRAGMA synchronous=FULL", {});
  } else {
    execute("PRAGMA query_only=ON", {});
  }
  execute("PRAGMA foreign_keys=ON", {});
  execute("PRAGMA trusted_schema=OFF", {});
}

void SqliteConnection::fail(int result) {
  throw Error(code_of(result), "the database says: " + std::string(handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(result)));
}

sqlite3_stmt* SqliteConnection::prepare(std::string_view sql) {
  if (const auto known = statements_.find(sql); known != statements_.end()) return known->second.get();
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(handle_.get(), sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  Statement owned(statement);
  if (result != SQLITE_OK) fail(result);
  CHECK_THAT(statement != nullptr);
  if (statements_.size() >= kStatementsMax) statements_.clear();
  return statements_.emplace(std::string(sql), std::move(owned)).first->second.get();
}

void SqliteConnection::bind(sqlite3_stmt* statement, const Values& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto name = "$" + std::to_string(i + 1);
    const int place = sqlite3_bind_parameter_index(statement, name.c_str());
    CHECK_THAT(place > 0);
    if (const int result = std::visit(Binder{statement, place}, values[i]); result != SQLITE_OK) fail(result);
  }
}

Rows SqliteConnection::query(std::string_view sql, Values values) {
  auto* statement = prepare(sql);
  const Use use(statement);
  bind(statement, values);
  Rows rows;
  int result = 0;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    Values columns;
    for (int column = 0; column < sqlite3_column_count(statement); ++column) columns.push_back(read_column(statement, column));
    rows.emplace_back(std::move(columns));
  }
  if (result != SQLITE_DONE) fail(result);
  return rows;
}

std::int64_t SqliteConnection::execute(std::string_view sql, Values values) {
  query(sql, std::move(values));
  return sqlite3_changes64(handle_.get());
}

}  // namespace fragua::db
