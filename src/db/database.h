// Database: the one relational store of the house. A repository writes SQL against a Connection; a service runs it with `read` or
// `write`, each of which is one transaction. Callers: <feature>/repository.cpp (Connection), <feature>/service.cpp (Database).
// Threads: any; blocks, so coroutines go through db::Store. A write that returned is on the disk.
// Never builds SQL from values: parameters are $1, $2, … and bound.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fragua::db {

// null, integer, real, text or bytes (a Blob).
struct Blob {
  std::string bytes;
};
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, Blob>;
using Values = std::vector<Value>;

inline Value or_null(const std::optional<std::int64_t>& value) { return value ? Value(*value) : Value(nullptr); }

// One row of an answer, columns by their place. Reading null as a text gives "", as an integer 0.
class Row {
 public:
  explicit Row(Values values) : values_(std::move(values)) {}
  std::string text(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  double real(std::size_t column) const;
  bool truth(std::size_t column) const { return integer(column) != 0; }
  std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  std::optional<double> maybe_real(std::size_t column) const;
  std::optional<std::string> maybe_text(std::size_t column) const;
  // As the database has it, for who does not know what a column holds.
  const Value& value(std::size_t column) const { return values_.at(column); }

 private:
  Values values_;
};
using Rows = std::vector<Row>;

class Connection {
 public:
  virtual ~Connection() = default;
  // Error(conflict): a unique or foreign key forbids it. Error(storage_full), Error(corrupt), Error(internal): wrong SQL.
  virtual Rows query(std::string_view sql, Values values = {}) = 0;
  // How many rows changed.
  virtual std::int64_t execute(std::string_view sql, Values values = {}) = 0;
};

class Database {
 public:
  using Work = std::function<void(Connection&)>;
  virtual ~Database() = default;
  // Sees one state of the data; may run beside a write. Error(unavailable) when no connection comes free in time.
  virtual void read(const Work& work) = 0;
  // Alone among writes. Kept when `work` returns, undone when it throws.
  virtual void write(const Work& work) = 0;
  // A consistent copy of everything in a new file. Error(conflict) if the file is there.
  virtual void back_up(const std::filesystem::path& file) = 0;
};

}  // namespace fragua::db
