#include "http/server.h"

#include <netinet/tcp.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/redirect_error.hpp>
#include <charconv>

#include "base/error.h"
#include "base/log.h"
#include "http/connection.h"

namespace fragua::http {

namespace {

using Tcp = asio::ip::tcp;

constexpr std::size_t kScratchBytes = 256 * 1024;
constexpr int kBacklog = 1024;
constexpr int kSendBufferBytes = 128 * 1024;  // the kernel doubles it: what a stalled reader can hold at most
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::seconds kLateAnswers{1};
constexpr std::chrono::seconds kAfterCut{2};
constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json; charset=utf-8\r\nRetry-After: 1\r\n"
    "Connection: close\r\nContent-Length: 35\r\n\r\n{\"error\":\"too many open connections\"}";

// Set on the listening socket: accepted ones inherit them, which saves a system call each.
void set_options(Tcp::acceptor& acceptor, const ServerLimits& limits) {
  boost::system::error_code ignored;
  acceptor.set_option(Tcp::acceptor::reuse_address(true), ignored);
  acceptor.set_option(Tcp::no_delay(true), ignored);
  acceptor.set_option(asio::socket_base::keep_alive(true), ignored);
  acceptor.set_option(asio::socket_base::send_buffer_size(kSendBufferBytes), ignored);
  const int unread_ms = int(limits.write_timeout.count());
  ::setsockopt(acceptor.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &unread_ms, sizeof unread_ms);
}

[[noreturn]] void fail_to_listen(const ListenAddress& address, const boost::system::error_code& error) {
  const auto where = (address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]") + ":" +
                     std::to_string(address.port);
  if (error == asio::error::address_in_use)
    throw Error(ErrorCode::conflict, "port " + std::to_string(address.port) + " is taken: another program listens on " +
                                         where + " (another Fragua or Ollama?)");
  if (error == asio::error::access_denied)
    throw Error(ErrorCode::forbidden, "no permission to listen on " + where + ": take a port above 1023");
  throw Error(ErrorCode::unavailable, "cannot listen on " + where + ": " + error.message());
}

bool all_from_before_ended(const ConnectionHome& home) { return home.before_draining == 0; }
bool all_ended(const ConnectionHome& home) { return home.connections.empty(); }

}  // namespace

struct Server::State : std::enable_shared_from_this<Server::State> {
  State(asio::any_io_executor given, Handler handler, ServerLimits limits, Log& log, TlsFiles files)
      : executor(given), tls_files(std::move(files)), home(std::make_shared<ConnectionHome>(std::move(handler), limits, log)), ended(given) {
    home->scratch.resize(kScratchBytes);
  }

  asio::any_io_executor executor;
  TlsFiles tls_files;
  std::unique_ptr<TlsContext> tls;  // made for the first address that wants it
  std::shared_ptr<ConnectionHome> home;
  std::vector<std::shared_ptr<Tcp::acceptor>> acceptors;
  asio::steady_timer ended;  // drain() waits on it; cancelled when a connection ends

  static Task<> accept(std::shared_ptr<State> self, std::shared_ptr<Tcp::acceptor> acceptor, bool with_tls);
  void need_tls();
  static Task<> pause(asio::any_io_executor executor);
  void admit(Tcp::socket socket, const Tcp::endpoint& peer, bool with_tls);
  void stop_accepting();
  std::vector<std::shared_ptr<Connection>> all_connections() const;
  void cut_all();
  void close_idle();
  using Condition = bool (*)(const ConnectionHome&);
  static Task<> wait_until(std::shared_ptr<State> self, Condition is_met, std::chrono::nanoseconds limit);
};

Task<> Server::State::pause(asio::any_io_executor executor) {
  asio::steady_timer timer(executor, kAcceptPause);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

void Server::State::need_tls() {
  if (tls) return;
  if (tls_files.certificate.empty() || tls_files.key.empty())
    throw Error(ErrorCode::invalid_argument, "an https:// address needs the settings tls_certificate and tls_key");
  tls = std::make_unique<TlsContext>(tls_files, home->log);
}

Task<> Server::State::accept(std::shared_ptr<State> self, std::shared_ptr<Tcp::acceptor> acceptor, bool with_tls) {
  bool complained = false;
  while (acceptor->is_open()) {
    Tcp::endpoint peer;
    auto [error, socket] = co_await acceptor->async_accept(peer, asio::as_tuple(asio::use_awaitable));
    if (!acceptor->is_open()) break;
    if (!error) {
      complained = false;
      self->admit(std::move(socket), peer, with_tls);
      continue;
    }
    // Out of descriptors, most often: the connection stays in the backlog until some are free.
    if (!complained) self->home->log.warn("http.accept_failed", {{"reason", error.message()}});
    complained = true;
    co_await pause(self->executor);
  }
}

void Server::State::admit(Tcp::socket socket, const Tcp::endpoint& peer, bool with_tls) {
  if (home->connections.size() >= home->limits.connections_max) {
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    if (!with_tls) socket.write_some(asio::buffer(kTooManyConnections), ignored);
    return;
  }
  std::unique_ptr<TlsSession> session;
  if (with_tls) session = tls->accept(socket.native_handle(), std::chrono::steady_clock::now());
  auto connection = std::make_shared<Connection>(home, std::move(socket), peer, std::move(session));
  asio::co_spawn(executor, Connection::serve(std::move(connection)), [home = home](std::exception_ptr failed) {
    try {
      if (failed) std::rethrow_exception(failed);
    } catch (const std::exception& error) {
      home->log.error("http.connection_failed", {{"reason", error.what()}});
    }
  });
}

void Server::State::stop_accepting() {
  boost::system::error_code ignored;
  for (auto& acceptor : acceptors) acceptor->close(ignored);
  acceptors.clear();
}

// Callbacks of handlers may end connections: the set must not be walked meanwhile.
std::vector<std::shared_ptr<Connection>> Server::State::all_connections() const {
  std::vector<std::shared_ptr<Connection>> all;
  for (auto* connection : home->connections) all.push_back(connection->shared_from_this());
  return all;
}

void Server::State::cut_all() {
  for (const auto& connection : all_connections()) connection->cut();
}

void Server::State::close_idle() {
  for (const auto& connection : all_connections()) connection->close_if_idle();
}

Task<> Server::State::wait_until(std::shared_ptr<State> self, Condition is_met, std::chrono::nanoseconds limit) {
  self->ended.expires_after(std::chrono::duration_cast<asio::steady_timer::duration>(limit));
  while (!is_met(*self->home) && self->ended.expiry() > std::chrono::steady_clock::now()) {
    boost::system::error_code ignored;
    co_await self->ended.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

Server::Server(asio::any_io_executor executor, Handler handler, ServerLimits limits, Log& log, TlsFiles tls)
    : state_(std::make_shared<State>(executor, std::move(handler), limits, log, std::move(tls))) {
  state_->home->on_end = [weak = std::weak_ptr(state_)] {
    if (const auto state = weak.lock()) state->ended.cancel();
  };
}

Server::~Server() {
  state_->stop_accepting();
  state_->home->draining = true;
  state_->cut_all();
}

std::uint16_t Server::listen(const std::string& address) {
  const auto parsed = parse_listen_address(address);
  if (parsed.tls) state_->need_tls();
  boost::system::error_code error;
  const auto ip = asio::ip::make_address(parsed.host == "localhost" ? "127.0.0.1" : parsed.host, error);
  if (error) fail_to_listen(parsed, error);
  const Tcp::endpoint endpoint(ip, parsed.port);
  auto acceptor = std::make_shared<Tcp::acceptor>(state_->executor);
  acceptor->open(endpoint.protocol(), error);
  if (error) fail_to_listen(parsed, error);
  set_options(*acceptor, state_->home->limits);
  acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(kBacklog, error);
  if (error) fail_to_listen(parsed, error);
  state_->acceptors.push_back(acceptor);
  asio::co_spawn(state_->executor, State::accept(state_, acceptor, parsed.tls), asio::detached);
  return acceptor->local_endpoint().port();
}

Task<> Server::drain(std::chrono::nanoseconds limit) {
  const auto state = state_;
  state->home->draining = true;
  state->close_idle();
  co_await State::wait_until(state, all_from_before_ended, limit);
  state->stop_accepting();
  state->close_idle();
  if (!all_from_before_ended(*state->home))
    state->home->log.warn("http.drain_cut", {{"connections", state->home->before_draining}});
  else
    co_await State::wait_until(state, all_ended, kLateAnswers);
  state->cut_all();
  co_await State::wait_until(state, all_ended, kAfterCut);
}

std::size_t Server::connections() const { return state_->home->connections.size(); }

ListenAddress parse_listen_address(std::string_view text) {
  const auto refuse = [&](const std::string& why) {
    return Error(ErrorCode::invalid_argument, "\"" + std::string(text) + "\" is no address to listen on: " + why);
  };
  ListenAddress address;
  constexpr std::string_view kTls = "https://";
  address.tls = text.starts_with(kTls);
  if (address.tls) text.remove_prefix(kTls.size());
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) throw refuse("it must be HOST:PORT, such as 127.0.0.1:3000");
  auto host = text.substr(0, colon);
  const auto port = text.substr(colon + 1);
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (failed != std::errc() || end != port.data() + port.size()) throw refuse("the port must be 0 to 65535");
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos)
    throw refuse("an IPv6 address goes in brackets, such as [::1]:3000");
  address.host = host.empty() ? "127.0.0.1" : std::string(host);
  if (address.host == "localhost") {
    address.loopback = true;
    return address;
  }
  boost::system::error_code error;
  const auto ip = asio::ip::make_address(address.host, error);
  if (error) throw refuse("the host must be an IP address or localhost");
  address.loopback = ip.is_loopback();
  return address;
}

}  // namespace fragua::http
