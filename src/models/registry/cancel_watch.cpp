#include "models/registry/cancel_watch.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

namespace fragua::models {

namespace {

Task<> watch(Cancellation cancelled, std::shared_ptr<bool> flag, std::shared_ptr<bool> ended,
             std::chrono::milliseconds tick) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  while (!*ended && !*flag) {
    *flag = cancelled->load();
    timer.expires_after(tick);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

}  // namespace

CancelWatch::CancelWatch(asio::any_io_executor executor, Cancellation cancelled, std::chrono::milliseconds tick) {
  if (cancelled) asio::co_spawn(executor, watch(cancelled, flag_, ended_, tick), asio::detached);
}

CancelWatch::~CancelWatch() { *ended_ = true; }

ProgressSink posted_to(asio::any_io_executor executor, std::weak_ptr<ProgressSink> sink) {
  return [executor, sink = std::move(sink)](const TransferProgress& progress) {
    asio::post(executor, [sink, progress] {
      const auto owned = sink.lock();
      if (owned && *owned) (*owned)(progress);
    });
  };
}

}  // namespace fragua::models
