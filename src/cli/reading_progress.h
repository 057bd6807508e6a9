// ReadingProgress: how far the server is with documents that were handed in: pages per second, time left, what to ask about next.
// Callers: cli/document_add (Reading). Threads: the main one. Knows what it is told; asks nobody itself.
// The time left is by bytes: how many pages a document has is not known before it is read.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/progress.h"

namespace fragua::cli {

class ReadingProgress {
 public:
  explicit ReadingProgress(SteadyTime started) : started_(started) {}

  // It is waiting or being read.
  void add(const json::object& document);
  // What the server says of it now. True: its reading has ended.
  bool update(const json::object& document, SteadyTime now);
  // It is not there any more: removed, or replaced by a newer version.
  void forget(const std::string& id);

  bool empty() const { return waiting_.empty(); }
  // The oldest ones: the server reads in the order in which they came.
  std::vector<std::string> next() const;
  // Changes whenever the server got further with anything.
  std::uint64_t steps() const { return steps_; }
  // "3 of 12 documents, 4.1 pages/s, 2m5s left: manual.pdf, page 12 of 80"
  std::string line(SteadyTime now) const;

 private:
  struct Waiting {
    std::string id;
    std::string name;
    std::uint64_t bytes = 0;
    std::int64_t pages = 0;
    std::int64_t pages_done = 0;
  };
  double bytes_done() const;
  std::optional<std::chrono::seconds> time_left(SteadyTime now) const;

  SteadyTime started_;
  std::vector<Waiting> waiting_;          // in the order in which they came
  std::size_t documents_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t bytes_ended_ = 0;
  std::uint64_t pages_ended_ = 0;
  std::uint64_t steps_ = 0;
  RateMeter pages_;
};

}  // namespace fragua::cli
