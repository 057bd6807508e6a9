#include "runtime/child_lines.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

namespace fragua {

namespace {

constexpr std::size_t kLineMaxBytes = 8 << 20;

}  // namespace

Task<> ChildLines::say(std::string line) {
  boost::system::error_code error;
  co_await asio::async_write(child_.socket(), asio::buffer(line), asio::redirect_error(asio::use_awaitable, error));
}

Task<std::optional<std::string>> ChildLines::next() {
  if (const auto length = buffer_.find('\n'); length != std::string::npos) {
    auto line = buffer_.substr(0, length + 1);
    buffer_.erase(0, length + 1);
    co_return line;
  }
  silence_.expires_after(silence_max_);
  const auto hush = [this](boost::system::error_code error) {
    if (error) return;
    was_silent_ = true;
    child_.kill();
  };
  silence_.async_wait(hush);
  boost::system::error_code error;
  const auto length = co_await asio::async_read_until(child_.socket(), asio::dynamic_buffer(buffer_, kLineMaxBytes), '\n',
                                                      asio::redirect_error(asio::use_awaitable, error));
  silence_.cancel();
  if (error) co_return std::nullopt;
  auto line = buffer_.substr(0, length);
  buffer_.erase(0, length);
  co_return line;
}

Task<ChildEnd> ChildLines::end() {
  ChildEnd end;
  end.was_silent = was_silent_;
  if (!was_silent_) child_.kill();
  end.exit = co_await child_.wait();
  co_return end;
}

}  // namespace fragua
