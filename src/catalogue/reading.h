// Reading: reads a source in a `fragua read-catalogue` child, under limits on memory, processor time, files and silence.
// Callers: catalogue/import_service. Threads: the loop's only. Dropping it ends the child. A child that dies or hangs is an Error in words.
#pragma once
#include "base/secret.h"
#include "catalogue/import_report.h"
#include "catalogue/imported_item.h"
#include "runtime/child_lines.h"

namespace fragua::catalogue {

struct ReadingOptions {
  std::vector<std::string> argv;                     // the program and its sub-command
  std::uint64_t memory_bytes = 512ull << 20;         // of address space
  std::uint64_t cpu_seconds = 3600;
  std::chrono::seconds silence_max{300};             // between two lines
};

struct ReadingRequest {
  std::string task;                                  // import, suggest
  std::string name;                                  // of the catalogue
  std::string source;                                // a file; "": the connection
  Secret connection;                                 // postgres://…
  std::string mapping;
  std::string staging;                               // a folder of its own
};

struct ReadingProgress {
  std::string what;                                  // rows, items
  std::int64_t count = 0;
};
using ReadingEvent = std::variant<ReadingProgress, ImportedItem, ImportReport, json::object>;   // the last: a suggestion

class Reading {
 public:
  Reading(asio::any_io_executor executor, const ReadingOptions& options, const ReadingRequest& request);
  // Nothing after the report or the suggestion. Throws what the child says is wrong.
  Task<std::optional<ReadingEvent>> next();

 private:
  Task<ReadingEvent> next_of_child();

  ReadingOptions options_;
  ChildLines lines_;
  std::string request_;                              // until it is said
  bool is_over_ = false;
};

}  // namespace fragua::catalogue
