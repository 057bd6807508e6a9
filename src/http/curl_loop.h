// CurlLoop: libcurl's multi handle driven by the event loop: its sockets are watched and its timer kept by Asio.
// Callers: http/client and http/transfer only. Threads: the loop's only.
// A transfer's end is told through its callback, which must not call back into libcurl.
#pragma once
#include <curl/curl.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>

#include "runtime/task.h"

namespace fragua::http {

class CurlLoop : public std::enable_shared_from_this<CurlLoop> {
 public:
  explicit CurlLoop(asio::any_io_executor executor);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  asio::any_io_executor executor() const { return executor_; }
  void add(CURL* easy, std::function<void(CURLcode)> on_done);
  void remove(CURL* easy);  // without effect on one that is not there

 private:
  struct Watched {
    explicit Watched(asio::any_io_executor executor) : descriptor(executor) {}
    asio::posix::stream_descriptor descriptor;
    bool wants[2] = {false, false};    // to read, to write
    bool waiting[2] = {false, false};  // asked of Asio
  };
  static int on_socket(CURL*, curl_socket_t socket, int what, void* loop, void*);
  static int on_timeout(CURLM*, long wait_ms, void* loop);
  void watch(curl_socket_t socket, int what);
  void wait(curl_socket_t socket, const std::shared_ptr<Watched>& watched, int direction);
  void on_ready(curl_socket_t socket, const std::shared_ptr<Watched>& watched, int direction);
  bool is_current(curl_socket_t socket, const std::shared_ptr<Watched>& watched) const;
  void act(curl_socket_t socket, int events);

  asio::any_io_executor executor_;
  asio::steady_timer timer_;
  CURLM* multi_ = nullptr;
  std::map<curl_socket_t, std::shared_ptr<Watched>> watched_;
  std::map<CURL*, std::function<void(CURLcode)>> transfers_;
};

}  // namespace fragua::http
