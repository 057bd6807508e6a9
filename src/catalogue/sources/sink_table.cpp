#include "catalogue/sources/sink_table.h"

#include <algorithm>

namespace fragua::catalogue {

SinkTable::SinkTable(RowSink& sink, TableHead head) : sink_(sink), head_(std::move(head)), wanted_(sink.wants(head_.name)) {
  for (const auto& column : head_.columns) wanted_columns_.push_back(wanted_ && sink.wants_column(head_.name, column.name));
  sink_.table(head_);
}

std::optional<std::size_t> SinkTable::find(std::string_view column) const {
  const auto found = std::find_if(head_.columns.begin(), head_.columns.end(), [&](const Column& c) { return c.name == column; });
  if (found == head_.columns.end()) return std::nullopt;
  return std::size_t(found - head_.columns.begin());
}

}  // namespace fragua::catalogue
