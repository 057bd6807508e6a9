#include "api/ollama/progress_relay.h"

#include <boost/asio/post.hpp>

namespace fragua::api::ollama {

namespace {

// Between two lines; the work has deadlines of its own.
constexpr std::chrono::hours kSilenceMax{6};

}  // namespace

ProgressRelay::ProgressRelay(asio::any_io_executor executor) : executor_(executor), lines_(executor, kLinesMax) {}

void ProgressRelay::report(json::object line) {
  asio::post(executor_, [self = shared_from_this(), line = std::move(line)]() mutable { self->lines_.push(std::move(line)); });
}

void ProgressRelay::finish(std::exception_ptr error) {
  error_ = error;
  // After the lines that are still on their way here.
  asio::post(executor_, [self = shared_from_this()] { self->lines_.close(); });
}

Task<> ProgressRelay::run(Call& call, bool stream, std::shared_ptr<ProgressRelay> relay, Task<> work) {
  call.exchange.on_disconnect([cancelled = relay->cancelled_] { *cancelled = true; });
  asio::co_spawn(relay->executor_, std::move(work), [relay](std::exception_ptr error) { relay->finish(error); });
  try {
    while (auto line = co_await relay->lines_.next(kSilenceMax))
      if (stream) co_await call.line(std::move(*line));
  } catch (...) {
    *relay->cancelled_ = true;
    throw;
  }
  if (relay->error_) std::rethrow_exception(relay->error_);
  auto last = std::move(relay->last_);
  if (!stream) {
    co_await call.reply(std::move(last));
    co_return;
  }
  co_await call.line(std::move(last));
  co_await call.end();
}

}  // namespace fragua::api::ollama
