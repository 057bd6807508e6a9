// JsonRows: a JSON array of objects, or one object after another (JSONL), as the one table kRowsTable. Its columns are the keys of the
// first kJsonSampleRows objects. Callers: open. Threads: one; blocks. Holds the sample, then one object at a time.
// Strings are their text; numbers, truths and what is nested are as JSON writes them. A key that comes later is an error, never lost.
#pragma once
#include "catalogue/rows.h"
#include "catalogue/sources/text_reader.h"

namespace fragua::catalogue {

constexpr std::size_t kJsonSampleRows = 1000;

class JsonRows final : public RowSource {
 public:
  explicit JsonRows(std::unique_ptr<TextReader> reader) : reader_(std::move(reader)) {}
  void read(RowSink& sink) override;

 private:
  std::unique_ptr<TextReader> reader_;
};

}  // namespace fragua::catalogue
