#include "inference/engine_process.h"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace fragua::inference {

using engine::FrameKind;

namespace {

// Events that wait for a slow reader before it is cut: at one token each, a minute or two of reading behind.
constexpr std::size_t kEventsMax = 4096;
constexpr std::size_t kPendingBytesMax = 256 << 10;

ErrorCode code_named(std::string_view name) {
  for (int code = 0; code <= int(ErrorCode::internal); ++code)
    if (name_of(ErrorCode(code)) == name) return ErrorCode(code);
  return ErrorCode::internal;
}

Error to_error(const std::string& payload) {
  const auto failure = read_body<engine::Failure>(parse_json(payload), Unknown::ignored);
  return Error(code_named(failure.code), failure.message);
}

std::string how_it_ended(const ChildExit& exit) {
  return exit.signalled ? "signal " + std::to_string(exit.status) : "exit status " + std::to_string(exit.status);
}

}  // namespace

EngineStream::EngineStream(std::shared_ptr<EngineProcess> process, std::uint64_t id) : process_(std::move(process)), id_(id) {}

EngineStream::~EngineStream() { cancel(); }

void EngineStream::cancel() {
  if (process_) process_->close_stream(id_);
  process_.reset();
}

Task<std::optional<EngineEvent>> EngineStream::next(std::chrono::nanoseconds limit) {
  const auto process = process_;  // the stream may be cancelled while it waits
  if (!process) throw Error(ErrorCode::cancelled, "the request was cancelled");
  const auto found = process->requests_.find(id_);
  if (found == process->requests_.end()) co_return std::nullopt;
  auto& request = *found->second;
  auto event = co_await request.events.next(limit);
  if (!process_) throw Error(ErrorCode::cancelled, "the request was cancelled");
  if (!event && request.error) throw *request.error;
  if (!event) co_return std::nullopt;
  if (const auto* delta = std::get_if<engine::Delta>(&*event)) request.pending_bytes -= delta->content.size() + delta->thinking.size();
  co_return event;
}

EngineProcess::Request::Request(asio::any_io_executor executor) : events(executor, kEventsMax) {}

EngineProcess::EngineProcess(asio::any_io_executor executor, std::vector<std::string> argv)
    : executor_(executor), child_(executor, std::move(argv)), loaded_(executor, 1) {}

EngineProcess::~EngineProcess() = default;

Task<std::shared_ptr<EngineProcess>> EngineProcess::start(std::vector<std::string> argv, engine::LoadRequest load,
                                                          std::chrono::nanoseconds limit) {
  auto executor = co_await asio::this_coro::executor;
  auto process = std::make_shared<EngineProcess>(executor, std::move(argv));
  // A frame that makes no sense ends the reading, so the child too: its streams must not wait for what nobody reads.
  asio::co_spawn(executor, read_frames(process), [process](std::exception_ptr failed) {
    if (failed) process->kill();
  });
  asio::co_spawn(executor, watch_exit(process), asio::detached);
  process->send(engine::encode_frame(FrameKind::load, 0, load));
  const auto loaded = co_await process->loaded_.next(limit);
  if (loaded) co_return process;
  process->kill();
  throw process->load_error_.value_or(Error(ErrorCode::unavailable, "the engine ended while it loaded the model"));
}

std::unique_ptr<EngineStream> EngineProcess::open_frame(FrameKind kind, std::string payload) {
  if (!alive_) throw Error(ErrorCode::unavailable, "the engine has just stopped; try again");
  const auto id = next_id_++;
  requests_.emplace(id, std::make_unique<Request>(executor_));
  send(engine::encode_frame(kind, id, payload));
  return std::make_unique<EngineStream>(shared_from_this(), id);
}

void EngineProcess::close_stream(std::uint64_t id) {
  const auto found = requests_.find(id);
  if (found == requests_.end()) return;
  const bool unfinished = !found->second->events.closed();
  found->second->events.close();
  // A coroutine may still wait on the stream: it goes when that one has looked.
  asio::post(executor_, [self = shared_from_this(), request = std::shared_ptr<Request>(std::move(found->second))] {});
  requests_.erase(found);
  if (unfinished && alive_) send(engine::encode_frame(FrameKind::cancel, id, std::string_view()));
}

void EngineProcess::send(std::string frame) {
  outgoing_.push_back(std::move(frame));
  if (writing_) return;
  writing_ = true;
  asio::co_spawn(executor_, write_frames(shared_from_this()), asio::detached);
}

Task<> EngineProcess::write_frames(std::shared_ptr<EngineProcess> self) {
  boost::system::error_code error;
  while (!self->outgoing_.empty() && !error) {
    const auto frame = std::move(self->outgoing_.front());
    self->outgoing_.pop_front();
    co_await asio::async_write(self->child_.socket(), asio::buffer(frame), asio::redirect_error(asio::use_awaitable, error));
  }
  self->writing_ = false;
}

Task<> EngineProcess::read_frames(std::shared_ptr<EngineProcess> self) {
  boost::system::error_code error;
  engine::FrameHeaderBytes bytes;
  while (true) {
    co_await asio::async_read(self->child_.socket(), asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;  // watch_exit says why
    const auto header = engine::decode_frame_header(bytes);
    std::string payload(header.payload_bytes, '\0');
    co_await asio::async_read(self->child_.socket(), asio::buffer(payload), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    self->handle(header, std::move(payload));
  }
}

Task<> EngineProcess::watch_exit(std::shared_ptr<EngineProcess> self) {
  const auto exit = co_await self->child_.wait();
  self->alive_ = false;
  self->end_all(Error(ErrorCode::unavailable, "the model's engine stopped unexpectedly (" + how_it_ended(exit) +
                                                  "); it starts again with the next request"));
  self->loaded_.close();
  if (self->on_end_) self->on_end_();
}

void EngineProcess::handle(const engine::FrameHeader& header, std::string payload) {
  if (header.request == 0) {
    if (header.kind == FrameKind::failed) load_error_ = to_error(payload);
    if (header.kind == FrameKind::memory) memory_ = read_body<engine::MemoryUse>(parse_json(payload), Unknown::ignored);
    if (header.kind == FrameKind::loaded) {
      info_ = read_body<engine::ModelInfo>(parse_json(payload), Unknown::ignored);
      loaded_.push(true);
    }
    return;
  }
  const auto found = requests_.find(header.request);
  if (found == requests_.end()) return;  // cancelled meanwhile
  auto& request = *found->second;
  const auto last = [&](EngineEvent event) {
    request.events.push(std::move(event));
    request.events.close();
  };
  const auto body = [&] { return parse_json(payload); };
  switch (header.kind) {
    case FrameKind::delta: {
      auto delta = read_body<engine::Delta>(body(), Unknown::ignored);
      request.pending_bytes += delta.content.size() + delta.thinking.size();
      if (request.pending_bytes <= kPendingBytesMax && request.events.push(std::move(delta))) return;
      request.error = Error(ErrorCode::overloaded, "the client reads too slowly; its answer was cut off");
      request.events.close();
      return send(engine::encode_frame(FrameKind::cancel, header.request, std::string_view()));
    }
    case FrameKind::done: return last(read_body<engine::Done>(body(), Unknown::ignored));
    case FrameKind::embeddings: return last(engine::decode_embeddings(payload));
    case FrameKind::text: return last(read_body<engine::TextAnswer>(body(), Unknown::ignored));
    case FrameKind::counted: return last(read_body<engine::EngineStats>(body(), Unknown::ignored));
    case FrameKind::failed:
      request.error = to_error(payload);
      return request.events.close();
    default: return;
  }
}

void EngineProcess::end_all(const Error& error) {
  for (auto& [id, request] : requests_) {
    if (!request->events.closed()) request->error = error;
    request->events.close();
  }
}

Task<> EngineProcess::shut_down(std::chrono::nanoseconds limit) {
  const auto self = shared_from_this();
  send(engine::encode_frame(FrameKind::shutdown, 0, std::string_view()));
  asio::steady_timer patience(executor_, std::chrono::duration_cast<asio::steady_timer::duration>(limit));
  patience.async_wait([self](boost::system::error_code cancelled) {
    if (!cancelled && self->alive_) self->kill();
  });
  co_await child_.wait();
}

}  // namespace fragua::inference
