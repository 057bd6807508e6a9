// Server: HTTP/1.1 on loopback or network addresses (Boost.Beast), one coroutine per connection on the one loop.
// Callers: app/ starts it, api/ handles what arrives. Threads: the loop's only.
// The body is read only when the handler asks, so authentication and limits come first. A client that goes away while a
// handler works is noticed by its socket (no polling): on_disconnect callbacks run at once.
// Never calls a handler for a malformed request: those get 400, 413, 414, 431, 405 or 408 here.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/message.h"
#include "http/tls.h"
#include "runtime/task.h"

namespace fragua {
class Log;
}

namespace fragua::http {

struct ServerLimits {
  std::size_t header_max_bytes = 32 * 1024;
  std::size_t header_max_count = 100;
  std::size_t connections_max = 20'000;
  std::chrono::milliseconds header_timeout{15'000};  // from the first byte of a request to its last header
  std::chrono::milliseconds idle_timeout{120'000};   // between requests of a kept connection
  std::chrono::milliseconds body_timeout{60'000};    // between two pieces of a body
  std::chrono::milliseconds write_timeout{30'000};   // one write to a slow reader; then the connection is cut
};

// One request and its answer. Lives as long as the handler's coroutine. One coroutine at a time reads or writes.
// A body that stalls (408) or breaks the protocol (400) is answered by the server itself: reading it then throws
// Error(cancelled), as when the client is gone, and nothing is left to answer.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual Request& request() = 0;

  // The whole body. Error(too_large) over `max_bytes` (checked against Content-Length before reading a byte).
  virtual Task<std::string> body(std::size_t max_bytes) = 0;
  // The next piece of a large body, at most 256 KiB; empty at its end. Error(too_large) once `max_bytes` in all are
  // passed.
  virtual Task<std::string> body_piece(std::uint64_t max_bytes) = 0;
  virtual std::optional<std::uint64_t> content_length() const = 0;

  virtual Task<> reply(Response response) = 0;
  // Chunked answer: begin once, write any number of times, end once. Each write is flushed (TCP_NODELAY).
  // Throws Error(cancelled) when the client is gone.
  virtual Task<> begin(int status, std::string content_type, Headers headers = {}) = 0;
  virtual Task<> write(std::string bytes) = 0;
  virtual Task<> end() = 0;
  virtual bool begun() const = 0;

  // Called at most once, on the loop, when the client closes its side while the handler is at work.
  virtual void on_disconnect(std::function<void()> callback) = 0;
  virtual bool disconnected() const = 0;
};

// Must answer; an exception that leaves it becomes a 500 (and closes the connection if the answer had begun).
using Handler = std::function<Task<>(Exchange&)>;

class Server {
 public:
  // `tls`: for addresses that ask for it ("https://HOST:PORT").
  Server(asio::any_io_executor executor, Handler handler, ServerLimits limits, Log& log, TlsFiles tls = {});
  ~Server();

  // "127.0.0.1:3000", "[::1]:3000", "https://0.0.0.0:3443"; port 0 picks one. Returns the port. Error(conflict) says that the port
  // is taken, by name; Error(invalid_argument): https without a certificate, or one that cannot be read.
  std::uint16_t listen(const std::string& address);
  // Running requests go on, kept connections close after their answer. Who connects meanwhile is still heard once, so
  // that the handler can say 503. Returns when all that ran are done or `limit` has passed (then the rest is cut).
  Task<> drain(std::chrono::nanoseconds limit);
  std::size_t connections() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// Splits "HOST:PORT" and "https://HOST:PORT"; Error(invalid_argument) says what is wrong with it. True if the host is a loopback address or
// name.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
  bool loopback = false;
  bool tls = false;
};
ListenAddress parse_listen_address(std::string_view text);

}  // namespace fragua::http
