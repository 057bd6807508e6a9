// ProgressRelay: between a long operation (pull, push, create) and the client that watches it: lines go out as they come; a
// client that leaves sets `cancelled`. Callers: ollama/transfers, native/catalogue_import. Threads: the loop's, but report may come from any.
// When the client reads slower than progress comes, lines in between are left out, never the last.
#pragma once
#include <atomic>
#include <memory>

#include "api/call.h"
#include "runtime/stream.h"

namespace fragua::api::ollama {

class ProgressRelay : public std::enable_shared_from_this<ProgressRelay> {
 public:
  explicit ProgressRelay(asio::any_io_executor executor);
  void report(json::object line);                  // any thread
  // What the client is told at the end, in the place of {"status":"success"}. On the loop, by the work.
  void set_last(json::object line) { last_ = std::move(line); }
  std::shared_ptr<std::atomic<bool>> cancelled() const { return cancelled_; }

  // Runs `work` to its end while its lines go to the client: a stream, or only the last line.
  static Task<> run(Call& call, bool stream, std::shared_ptr<ProgressRelay> relay, Task<> work);

 private:
  static constexpr std::size_t kLinesMax = 64;
  void finish(std::exception_ptr error);

  asio::any_io_executor executor_;
  BoundedStream<json::object> lines_;
  std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  std::exception_ptr error_;
  json::object last_{{"status", "success"}};
};

}  // namespace fragua::api::ollama
