// SinkTable: one table on its way to a RowSink. Tells the sink its head once, asks once what it wants, and hands over nothing else.
// Callers: the readers of sources. Threads: one.
#pragma once
#include <vector>

#include "catalogue/rows.h"

namespace fragua::catalogue {

class SinkTable {
 public:
  // Tells the sink.
  SinkTable(RowSink& sink, TableHead head);
  const TableHead& head() const { return head_; }
  bool wanted() const { return wanted_; }
  bool wants(std::size_t column) const { return wanted_columns_[column]; }
  std::optional<std::size_t> find(std::string_view column) const;
  // A cell for every column, those that are not wanted nothing.
  void row(Cells cells) const { sink_.row(head_.name, std::move(cells)); }

 private:
  RowSink& sink_;
  TableHead head_;
  bool wanted_;
  std::vector<bool> wanted_columns_;
};

}  // namespace fragua::catalogue
