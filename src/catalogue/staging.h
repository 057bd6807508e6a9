// Staging: takes from a source the tables and columns that a mapping names, and counts what it left. Callers: catalogue/importer.
// Threads: one; blocks. Nothing of another table or column is ever kept.
#pragma once
#include <functional>
#include <map>
#include <set>

#include "catalogue/mapping.h"
#include "catalogue/staging_repository.h"

namespace fragua::catalogue {

class Staging final : public RowSink {
 public:
  // `read_rows` hears now and then how many were read.
  Staging(const Mapping& mapping, StagingRepository& repository, std::function<void(std::int64_t)> read_rows)
      : mapping_(mapping), repository_(repository), read_rows_(std::move(read_rows)) {}

  bool wants(std::string_view table) override;
  bool wants_column(std::string_view table, std::string_view column) override;
  // Error(invalid_argument): a mapped column is not there.
  void table(const TableHead& head) override;
  void row(std::string_view table, Cells cells) override;
  void relation(const Relation& relation) override;

  // Makes what hangs together quick to find. Error(invalid_argument): a mapped table was not there.
  void finish();
  const std::map<std::string, std::int64_t, std::less<>>& counts() const { return counts_; }   // of mapped tables
  const std::vector<std::string>& left() const { return left_; }
  const std::vector<std::string>& personal() const { return personal_; }
  // Columns that the mapping names although they look like ones of people: "Event.email".
  const std::vector<std::string>& personal_columns() const { return personal_columns_; }

 private:
  struct Taken {
    std::vector<std::size_t> places;      // of the columns, in the source's order
    std::vector<bool> is_truth;
  };

  const Mapping& mapping_;
  StagingRepository& repository_;
  std::function<void(std::int64_t)> read_rows_;
  std::map<std::string, Taken, std::less<>> taken_;
  std::map<std::string, std::int64_t, std::less<>> counts_;
  std::vector<std::string> left_, personal_, personal_columns_;
  std::set<std::string, std::less<>> seen_;
  std::set<std::pair<std::string, std::string>> joined_;   // table and column of a key
  std::int64_t rows_ = 0;
};

}  // namespace fragua::catalogue
