// Importer: a source and a mapping to items, one after another, and a report of what was taken, left and repaired.
// Callers: catalogue/reader_host, in the reading child. Threads: one; blocks. Its memory does not grow with the source.
// Error(invalid_argument) names the line and column of the source, or the item's key and field.
#pragma once
#include <functional>

#include "base/files.h"
#include "catalogue/import_report.h"
#include "catalogue/imported_item.h"
#include "catalogue/mapping.h"
#include "catalogue/rows.h"

namespace fragua::catalogue {

class ImportListener {
 public:
  virtual ~ImportListener() = default;
  virtual void rows_read(std::int64_t rows) = 0;
  virtual void items_found(std::int64_t items) = 0;
  virtual void item(ImportedItem item) = 0;
};

// `staging`: a file that is not there yet; the caller removes it.
ImportReport import_items(const Mapping& mapping, RowSource& source, const fs::path& staging, ImportListener& listener);

}  // namespace fragua::catalogue
