// EngineProcess: a `fragua engine` child and the requests that run in it, multiplexed over its socketpair.
// Callers: fleet. Threads: the loop's only. Dropping a request's EngineStream cancels it in the engine.
// When the child ends, every open stream ends with Error(unavailable) that says so; nothing is retried here.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/frame.h"
#include "runtime/child.h"
#include "runtime/stream.h"

namespace fragua::inference {

using EngineEvent = std::variant<engine::Delta, engine::Done, engine::Embeddings, engine::TextAnswer, engine::EngineStats>;

class EngineProcess;

// The answers to one request, in order. Ends after Done, Embeddings, TextAnswer or EngineStats.
class EngineStream {
 public:
  ~EngineStream();
  // The next event; nothing at the end. Error: what the engine said, unavailable (it died), deadline_exceeded,
  // overloaded (this reader is too slow and was cut).
  Task<std::optional<EngineEvent>> next(std::chrono::nanoseconds limit);
  void cancel();
  // EngineProcess::open makes them.
  EngineStream(std::shared_ptr<EngineProcess> process, std::uint64_t id);

 private:
  std::shared_ptr<EngineProcess> process_;
  std::uint64_t id_;
};

class EngineProcess : public std::enable_shared_from_this<EngineProcess> {
 public:
  // Starts the child and waits until its model is loaded. Error: what the engine said, or unavailable.
  static Task<std::shared_ptr<EngineProcess>> start(std::vector<std::string> argv, engine::LoadRequest load,
                                                    std::chrono::nanoseconds limit);
  explicit EngineProcess(asio::any_io_executor executor, std::vector<std::string> argv);
  ~EngineProcess();

  template <Described T>
  std::unique_ptr<EngineStream> open(engine::FrameKind kind, const T& body) {
    return open_frame(kind, to_json(write_body(body)));
  }

  const engine::ModelInfo& info() const { return info_; }
  bool alive() const { return alive_; }
  int pid() const { return child_.pid(); }
  std::uint64_t resident_bytes() const { return child_.resident_bytes(); }
  std::uint64_t gpu_bytes() const { return memory_.gpu_bytes; }
  void on_end(std::function<void()> callback) { on_end_ = std::move(callback); }
  // Closes the channel; the child leaves by itself, or is killed after `limit`.
  Task<> shut_down(std::chrono::nanoseconds limit);
  void kill() { child_.kill(); }

 private:
  friend class EngineStream;
  struct Request {
    explicit Request(asio::any_io_executor executor);
    BoundedStream<EngineEvent> events;
    std::optional<Error> error;
    std::size_t pending_bytes = 0;
  };

  std::unique_ptr<EngineStream> open_frame(engine::FrameKind kind, std::string payload);
  void close_stream(std::uint64_t id);
  void send(std::string frame);
  static Task<> write_frames(std::shared_ptr<EngineProcess> self);
  static Task<> read_frames(std::shared_ptr<EngineProcess> self);
  static Task<> watch_exit(std::shared_ptr<EngineProcess> self);
  void handle(const engine::FrameHeader& header, std::string payload);
  void end_all(const Error& error);

  asio::any_io_executor executor_;
  Child child_;
  engine::ModelInfo info_;
  engine::MemoryUse memory_;
  bool alive_ = true;
  bool writing_ = false;
  std::deque<std::string> outgoing_;
  std::uint64_t next_id_ = 1;
  std::unordered_map<std::uint64_t, std::unique_ptr<Request>> requests_;
  BoundedStream<bool> loaded_;
  std::optional<Error> load_error_;
  std::function<void()> on_end_;
};

}  // namespace fragua::inference
