#include "unit/http/wire.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <cerrno>
#include <cstring>

namespace fragua::http {

Wire::Wire(std::uint16_t port, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval limit{20, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (receive_buffer) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
}

Wire::~Wire() { close(); }

void Wire::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Wire::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close();
}

void Wire::finish_sending() { ::shutdown(socket_, SHUT_WR); }

Wire& Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) break;  // the server may have closed already: what it answered tells
    bytes.remove_prefix(std::size_t(count));
  }
  return *this;
}

bool Wire::fill() {
  char buffer[65536];
  const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) FAIL("nothing arrived within 20 s");
  if (count <= 0) return false;
  input_.append(buffer, std::size_t(count));
  return true;
}

std::string Wire::take(std::size_t count, bool& torn) {
  while (input_.size() < count && fill()) {
  }
  torn = input_.size() < count;
  auto taken = input_.substr(0, count);
  input_.erase(0, count);
  return taken;
}

std::string Wire::line() {
  auto end = input_.find("\r\n");
  while (end == std::string::npos && fill()) end = input_.find("\r\n");
  if (end == std::string::npos) return {};
  auto line = input_.substr(0, end);
  input_.erase(0, end + 2);
  return line;
}

Answer Wire::head() {
  Answer answer;
  const auto status = line();
  answer.torn = status.size() < 12;
  if (answer.torn) return answer;
  REQUIRE(status.starts_with("HTTP/1.1 "));
  answer.status = std::stoi(status.substr(9, 3));
  for (auto header = line(); !header.empty(); header = line()) {
    const auto colon = header.find(": ");
    REQUIRE(colon != std::string::npos);
    answer.headers.emplace_back(header.substr(0, colon), header.substr(colon + 2));
  }
  return answer;
}

std::string Wire::chunk() {
  const auto size_line = line();
  if (size_line.empty()) return {};
  bool torn = false;
  auto bytes = take(std::stoul(size_line, nullptr, 16), torn);
  line();
  return bytes;
}

Answer Wire::answer(bool to_head) {
  auto answer = head();
  if (answer.torn || to_head || answer.status == 204 || answer.status == 304 || answer.status == 100) return answer;
  if (answer.header("Transfer-Encoding") == "chunked") {
    while (true) {
      const auto size_line = line();
      answer.torn = size_line.empty();
      if (answer.torn) return answer;
      const auto size = std::stoul(size_line, nullptr, 16);
      answer.body += take(size, answer.torn);
      line();
      if (size == 0 || answer.torn) return answer;
    }
  }
  if (answer.header("Content-Length").empty()) {
    answer.body = rest();
  } else {
    answer.body = take(std::stoul(std::string(answer.header("Content-Length"))), answer.torn);
  }
  return answer;
}

std::string Wire::rest() {
  while (fill()) {
  }
  return std::move(input_);
}

bool Wire::at_end() { return input_.empty() && !fill(); }

TestServer::TestServer(Handler handler, ServerLimits limits)
    : server_(std::make_unique<Server>(loop_.get_executor(), std::move(handler), limits, log_)),
      port_(server_->listen("127.0.0.1:0")),
      thread_([this] {
        const auto work = asio::make_work_guard(loop_);
        loop_.run();
      }) {}

TestServer::~TestServer() {
  drain(std::chrono::seconds(0)).wait();
  asio::post(loop_, [this] {
    server_.reset();
    loop_.stop();
  });
  thread_.join();
}

std::future<void> TestServer::drain(std::chrono::nanoseconds limit) {
  return asio::co_spawn(loop_, server_->drain(limit), asio::use_future);
}

std::string TestServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::string request_text(std::string_view method, std::string_view target, std::string_view headers,
                         std::string_view body) {
  std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n";
  text += headers;
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + std::string(body);
}

}  // namespace fragua::http
