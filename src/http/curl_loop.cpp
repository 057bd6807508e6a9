#include "http/curl_loop.h"

#include <utility>
#include <vector>

#include "base/error.h"

namespace fragua::http {

namespace {

constexpr long kKeptConnections = 16;
constexpr int kRead = 0, kWrite = 1;

}  // namespace

CurlLoop::CurlLoop(asio::any_io_executor executor) : executor_(executor), timer_(executor) {
  // Counted by libcurl: every loop takes its share and gives it back.
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw Error(ErrorCode::internal, "libcurl does not start");
  multi_ = curl_multi_init();
  CHECK_THAT(multi_);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timeout);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kKeptConnections);
}

CurlLoop::~CurlLoop() {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
  for (auto& [socket, watched] : watched_) watched->descriptor.release();  // libcurl closes its sockets itself
  curl_multi_cleanup(multi_);
  curl_global_cleanup();
}

void CurlLoop::add(CURL* easy, std::function<void(CURLcode)> on_done) {
  transfers_[easy] = std::move(on_done);
  if (const auto failed = curl_multi_add_handle(multi_, easy); failed != CURLM_OK) {
    transfers_.erase(easy);
    throw Error(ErrorCode::internal, std::string("libcurl takes no transfer: ") + curl_multi_strerror(failed));
  }
}

void CurlLoop::remove(CURL* easy) {
  if (easy) curl_multi_remove_handle(multi_, easy);
  transfers_.erase(easy);
}

int CurlLoop::on_socket(CURL*, curl_socket_t socket, int what, void* loop, void*) {
  static_cast<CurlLoop*>(loop)->watch(socket, what);
  return 0;
}

int CurlLoop::on_timeout(CURLM*, long wait_ms, void* data) {
  auto* loop = static_cast<CurlLoop*>(data);
  if (wait_ms < 0) {
    loop->timer_.cancel();
    return 0;
  }
  loop->timer_.expires_after(std::chrono::milliseconds(wait_ms));
  loop->timer_.async_wait([weak = loop->weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (self && !cancelled) self->act(CURL_SOCKET_TIMEOUT, 0);
  });
  return 0;
}

void CurlLoop::watch(curl_socket_t socket, int what) {
  auto found = watched_.find(socket);
  if (what == CURL_POLL_REMOVE) {
    if (found == watched_.end()) return;
    found->second->descriptor.release();
    watched_.erase(found);
    return;
  }
  if (found == watched_.end()) {
    auto watched = std::make_shared<Watched>(executor_);
    boost::system::error_code failed;
    watched->descriptor.assign(socket, failed);
    if (failed) return;  // the transfer's own time limits end it
    found = watched_.emplace(socket, std::move(watched)).first;
  }
  const auto watched = found->second;
  watched->wants[kRead] = (what & CURL_POLL_IN) != 0;
  watched->wants[kWrite] = (what & CURL_POLL_OUT) != 0;
  wait(socket, watched, kRead);
  wait(socket, watched, kWrite);
}

void CurlLoop::wait(curl_socket_t socket, const std::shared_ptr<Watched>& watched, int direction) {
  if (!watched->wants[direction] || std::exchange(watched->waiting[direction], true)) return;
  using Descriptor = asio::posix::stream_descriptor;
  watched->descriptor.async_wait(
      direction == kRead ? Descriptor::wait_read : Descriptor::wait_write,
      [weak = weak_from_this(), socket, watched, direction](boost::system::error_code failed) {
        watched->waiting[direction] = false;
        const auto self = weak.lock();
        if (self && !failed) self->on_ready(socket, watched, direction);
      });
}

// The number of a closed socket may be another's by now.
bool CurlLoop::is_current(curl_socket_t socket, const std::shared_ptr<Watched>& watched) const {
  const auto found = watched_.find(socket);
  return found != watched_.end() && found->second == watched;
}

void CurlLoop::on_ready(curl_socket_t socket, const std::shared_ptr<Watched>& watched, int direction) {
  if (!is_current(socket, watched)) return;
  if (watched->wants[direction]) act(socket, direction == kRead ? CURL_CSELECT_IN : CURL_CSELECT_OUT);
  if (is_current(socket, watched)) wait(socket, watched, direction);
}

void CurlLoop::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
  std::vector<std::pair<std::function<void(CURLcode)>, CURLcode>> ended;
  int left = 0;
  while (const auto* message = curl_multi_info_read(multi_, &left)) {
    const auto found = transfers_.find(message->easy_handle);
    if (message->msg == CURLMSG_DONE && found != transfers_.end())
      ended.emplace_back(found->second, message->data.result);
  }
  for (const auto& [on_done, result] : ended) on_done(result);
}

}  // namespace fragua::http
