#include "http/connection.h"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>

#include "base/error.h"
#include "base/log.h"
#include "http/exchange.h"

namespace fragua::http {

namespace {

constexpr std::size_t kInputKept = 4 * 1024;              // an empty input larger than this gives its memory back
constexpr std::size_t kWatchedInputMax = 32 * 1024;       // pipelined bytes taken in while a handler works
constexpr std::size_t kBytesWithoutABreak = 256 * 1024;  // then other connections get their turn
constexpr std::size_t kRequestWeight = 4 * 1024;         // what a request counts in those, beside its bytes
constexpr std::size_t kProgressBytes = 64 * 1024;         // what a slow reader must take within write_timeout
constexpr std::chrono::seconds kLinger{3};

SteadyTime now() { return std::chrono::steady_clock::now(); }

bool would_block(const boost::system::error_code& error) {
  return error == asio::error::would_block || error == asio::error::try_again || error == asio::error::interrupted;
}

void report(Log& log, const std::exception_ptr& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cancelled)
      log.error("http.handler_failed", {{"code", name_of(error.code())}, {"reason", error.what()}});
  } catch (const std::exception& error) {
    log.error("http.handler_failed", {{"reason", error.what()}});
  }
}

}  // namespace

const std::string& ConnectionHome::date_now() {
  const auto second = std::time(nullptr);
  if (second == date_second) return date;
  char text[40];
  std::tm parts{};
  gmtime_r(&second, &parts);
  // The C locale's names: this program never calls setlocale.
  date.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
  date_second = second;
  return date;
}

Connection::Connection(std::shared_ptr<ConnectionHome> home, Tcp::socket socket, const Tcp::endpoint& peer, std::unique_ptr<TlsSession> tls)
    : home_(std::move(home)), socket_(std::move(socket)), tls_(std::move(tls)), timer_(socket_.get_executor()) {
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
  auto address = peer.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  peer_address_ = address.to_string();
  peer_is_loopback_ = address.is_loopback();
  local_port_ = socket_.local_endpoint(ignored).port();
  is_late_ = home_->draining;
  home_->connections.insert(this);
  if (!is_late_) ++home_->before_draining;
}

Connection::~Connection() {
  home_->connections.erase(this);
  if (!is_late_) --home_->before_draining;
  if (home_->on_end) home_->on_end();
}

Task<> Connection::serve(std::shared_ptr<Connection> self) {
  bool again = true;
  while (again) {
    self->parser_.emplace(ParserLimits{self->home_->limits.header_max_bytes, self->home_->limits.header_max_count});
    again = co_await self->receive_head();
    if (again) again = co_await self->answer();
  }
  self->idle_ = false;
  boost::system::error_code ignored;
  if (self->tls_) self->tls_->say_end();
  self->socket_.shutdown(Tcp::socket::shutdown_both, ignored);
  self->socket_.close(ignored);
  self->timer_.cancel();
}

Task<bool> Connection::receive_head() {
  const auto& limits = home_->limits;
  auto until = now() + (requests_ == 0 ? limits.header_timeout : limits.idle_timeout);
  idle_ = true;
  while (!parser_->head_done()) {
    if (!input_.empty()) {
      if (idle_) until = now() + limits.header_timeout;
      idle_ = false;
      input_.erase(0, parser_->put_head(input_));
      if (parser_->refusal()) {
        co_await refuse(*parser_->refusal());
        co_return false;
      }
      if (parser_->head_done()) break;
    } else if (home_->draining && !(is_late_ && requests_ == 0)) {
      co_return false;
    }
    const auto arrival = co_await receive(limits.header_max_bytes, until);
    if (arrival == Arrival::timeout && !idle_)
      co_await refuse(Refusal(408, "the request's headers did not arrive in time"));
    if (arrival != Arrival::bytes) co_return false;
  }
  co_await breathe(kRequestWeight);
  co_return true;
}

Task<bool> Connection::answer() {
  ++requests_;
  auto& request = parser_->request();
  request.peer_address = peer_address_;
  request.peer_is_loopback = peer_is_loopback_;
  request.local_port = local_port_;
  request.is_tls = tls_ != nullptr;
  HttpExchange exchange(*this);
  std::exception_ptr failed;
  try {
    co_await home_->handler(exchange);
  } catch (...) {
    failed = std::current_exception();
  }
  stop_watching();
  if (failed) report(home_->log, failed);
  const bool again = co_await exchange.finish();
  if (!again && exchange.left_body_unread()) co_await linger();
  co_return again;
}

Task<> Connection::refuse(Refusal refusal) {
  HttpExchange exchange(*this);
  co_await exchange.refuse(std::move(refusal));
  co_await linger();
}

// Closing with unread bytes would make the kernel reset the connection and take the answer from the client's hands: so
// what the client still sends is read and dropped for a while.
Task<> Connection::linger() {
  boost::system::error_code ignored;
  if (tls_) tls_->say_end();
  socket_.shutdown(Tcp::socket::shutdown_send, ignored);
  const auto until = now() + kLinger;
  auto arrival = Arrival::bytes;
  while (arrival == Arrival::bytes && now() < until) {
    input_.clear();
    arrival = co_await receive(home_->scratch.size(), until);
  }
}

Task<boost::system::error_code> Connection::wait(Tcp::socket::wait_type what, SteadyTime until) {
  limit_until(until);
  auto [failed] = co_await socket_.async_wait(what, asio::as_tuple(asio::use_awaitable));
  until_ = SteadyTime::max();
  bytes_without_a_break_ = 0;
  co_return timed_out_ ? boost::system::error_code(asio::error::timed_out) : failed;
}

void Connection::limit_until(SteadyTime until) {
  timed_out_ = false;
  until_ = until;
  if (until < armed_) arm(until);
}

// The timer rings no later than `until_`; one that rings early is set again then, which is cheaper than every time.
void Connection::arm(SteadyTime at) {
  armed_ = at;
  timer_.expires_at(at);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    if (cancelled) return;
    if (const auto self = weak.lock()) self->on_timer();
  });
}

void Connection::on_timer() {
  armed_ = SteadyTime::max();
  if (until_ == SteadyTime::max()) return;
  if (now() < until_) return arm(until_);
  timed_out_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

Task<> Connection::breathe(std::size_t bytes) {
  bytes_without_a_break_ += bytes;
  if (bytes_without_a_break_ < kBytesWithoutABreak) co_return;
  bytes_without_a_break_ = 0;
  co_await asio::post(socket_.get_executor(), asio::use_awaitable);
}

std::size_t Connection::read_now(std::size_t max, boost::system::error_code& failed) {
  auto& scratch = home_->scratch;
  const auto room = std::min(max, scratch.size());
  const auto count = tls_ ? tls_->read(scratch.data(), room, failed) : socket_.read_some(asio::buffer(scratch.data(), room), failed);
  if (input_.empty() && input_.capacity() > kInputKept) input_ = std::string();
  input_.append(scratch.data(), count);
  return count;
}

Task<Connection::Arrival> Connection::receive(std::size_t max, SteadyTime until) {
  pause_watching();  // two readers would take each other's bytes
  while (!lost_) {
    boost::system::error_code failed;
    const auto count = read_now(max, failed);
    if (count > 0) {
      co_await breathe(count);
      co_return Arrival::bytes;
    }
    if (!would_block(failed)) co_return Arrival::end;
    failed = co_await wait(Tcp::socket::wait_read, until);
    if (failed == asio::error::timed_out) co_return Arrival::timeout;
    if (failed) co_return Arrival::end;
  }
  co_return Arrival::end;
}

void Connection::take_body(std::string& content) {
  input_.erase(0, parser_->put_body(input_, content));
  if (input_.empty() && input_.capacity() > kInputKept) input_ = std::string();
  if (watch_wanted_) watch();
}

std::size_t Connection::send_now(Parts& parts, boost::system::error_code& failed) {
  const std::array<asio::const_buffer, 3> buffers{asio::buffer(parts[0]), asio::buffer(parts[1]),
                                                  asio::buffer(parts[2])};
  const auto sent = tls_ ? tls_->write(parts, failed) : socket_.write_some(buffers, failed);
  auto left = sent;
  for (auto& part : parts) {
    const auto step = std::min(left, part.size());
    part.remove_prefix(step);
    left -= step;
  }
  return sent;
}

Task<bool> Connection::send(Parts parts) {
  SteadyTime until = now() + home_->limits.write_timeout;
  std::size_t progress = 0;
  while (!lost_) {
    boost::system::error_code failed;
    const auto sent = send_now(parts, failed);
    if (sent > 0) co_await breathe(sent);
    if (parts[0].empty() && parts[1].empty() && parts[2].empty()) co_return true;
    progress += sent;
    if (!failed) continue;
    if (would_block(failed)) {
      if (progress >= kProgressBytes) until = now() + home_->limits.write_timeout;
      if (progress >= kProgressBytes) progress = 0;
      sending_ = true;
      failed = co_await wait(Tcp::socket::wait_write, until);
      sending_ = false;
      if (!failed) continue;
    }
    if (failed == asio::error::timed_out) home_->log.info("http.reader_stalled", {{"peer", peer_address_}});
    cut();
  }
  co_return false;
}

bool Connection::gone() {
  if (lost_) return true;
  if (watching_ || !input_.empty() || !parser_->done()) return false;
  char byte = 0;
  return ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

void Connection::on_lost(std::function<void()> callback) {
  on_lost_ = std::move(callback);
  if (lost_) {
    if (const auto call = std::exchange(on_lost_, nullptr)) call();
    return;
  }
  watch();
}

void Connection::watch() {
  watch_wanted_ = true;
  if (watching_ || lost_ || input_.size() >= kWatchedInputMax) return;
  watching_ = true;
  socket_.async_wait(Tcp::socket::wait_read,
                     [self = shared_from_this(), turn = watch_turn_](boost::system::error_code failed) {
                       self->on_readable(turn, failed);
                     });
}

void Connection::on_readable(std::uint64_t turn, boost::system::error_code failed) {
  if (turn != watch_turn_) return;
  watching_ = false;
  if (!failed) read_now(kWatchedInputMax, failed);
  if (failed && !would_block(failed)) return lose();
  watch();
}

void Connection::pause_watching() {
  ++watch_turn_;
  if (!std::exchange(watching_, false)) return;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Connection::stop_watching() {
  watch_wanted_ = false;
  on_lost_ = nullptr;
  pause_watching();
}

void Connection::lose() {
  if (std::exchange(lost_, true)) return;
  boost::system::error_code ignored;
  if (sending_) socket_.cancel(ignored);
  if (const auto call = std::exchange(on_lost_, nullptr)) call();
}

void Connection::cut() {
  const auto self = shared_from_this();
  ++watch_turn_;
  watching_ = false;
  boost::system::error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);  // what a stalled reader did not take is dropped
  socket_.close(ignored);
  lose();
}

void Connection::close_if_idle() {
  boost::system::error_code ignored;
  if (idle_ && input_.empty()) socket_.close(ignored);
}

}  // namespace fragua::http
