// Wire and TestServer: a blocking raw client and a server on a thread of its own, for the tests of http/.
// Callers: tests/unit/http. Threads: a Wire belongs to the test; handlers run on the server's thread.
// A read that would hang fails after 20 s; nothing else here waits for time.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "base/log.h"
#include "http/server.h"

namespace fragua::http {

struct Answer {
  int status = 0;
  Headers headers;
  std::string body;
  bool torn = false;  // the connection ended before the answer did
  std::string_view header(std::string_view name) const { return find_header(headers, name); }
};

class Wire {
 public:
  // With `receive_buffer`, the kernel keeps about so many unread bytes for us, no more.
  explicit Wire(std::uint16_t port, int receive_buffer = 0);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  Wire& send(std::string_view bytes);
  // The next answer; a HEAD's has no body.
  Answer answer(bool to_head = false);
  // The head only: the status line and headers.
  Answer head();
  // One chunk of a chunked body; empty at its end.
  std::string chunk();
  std::string line();
  std::string rest();  // until the other side closes
  bool at_end();       // waits for the other side to close; false if bytes came instead
  void finish_sending();
  void close();
  void reset();  // closes with RST

 private:
  bool fill();
  std::string take(std::size_t count, bool& torn);
  int socket_ = -1;
  std::string input_;
};

class TestServer {
 public:
  explicit TestServer(Handler handler, ServerLimits limits = {});
  ~TestServer();
  std::uint16_t port() const { return port_; }
  Server& server() { return *server_; }
  asio::io_context& loop() { return loop_; }
  std::string url(std::string_view path = "/") const;
  // Runs it on the server's thread and hands out what it returned.
  template <class Work>
  auto on_loop(Work work) {
    std::packaged_task<decltype(work())()> task(std::move(work));
    auto result = task.get_future();
    asio::post(loop_, [&task] { task(); });
    return result.get();
  }
  // Drains on the server's thread; the future is ready when that is done.
  std::future<void> drain(std::chrono::nanoseconds limit);

 private:
  Log log_{LogFormat::silent};
  asio::io_context loop_;
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

// "GET /path HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n" + body, with its Content-Length.
std::string request_text(std::string_view method, std::string_view target, std::string_view headers = "",
                         std::string_view body = "");

}  // namespace fragua::http
