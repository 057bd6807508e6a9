// Connection: one accepted socket, its requests one after another, each handed to the handler as an Exchange.
// Callers: http/server and http/exchange only. Threads: the loop's only.
// Between requests it holds no buffer; while a handler works it watches the socket, so that a client that leaves is
// noticed by the event itself. Never calls the handler for a request that the parser refused.
#pragma once
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "http/request_parser.h"
#include "http/server.h"
#include "http/tls.h"

namespace fragua::http {

class Connection;

// What the connections of one server share.
struct ConnectionHome {
  Handler handler;
  ServerLimits limits;
  Log& log;
  bool draining = false;
  std::unordered_set<Connection*> connections{};
  std::size_t before_draining = 0;  // of those, the ones that a drain waits for
  std::function<void()> on_end{};   // a connection ended
  std::vector<char> scratch{};      // what a socket is read into; one for all, as they never read at once
  std::time_t date_second = 0;
  std::string date{};

  const std::string& date_now();
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Tcp = asio::ip::tcp;
  // Pieces of one write, sent together.
  using Parts = std::array<std::string_view, 3>;
  enum class Arrival { bytes, end, timeout };

  // Plain HTTP without `tls`.
  Connection(std::shared_ptr<ConnectionHome> home, Tcp::socket socket, const Tcp::endpoint& peer, std::unique_ptr<TlsSession> tls);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Serves until either side closes.
  static Task<> serve(std::shared_ptr<Connection> self);
  void cut();            // at once, whatever it does
  void close_if_idle();  // no request on its way

  // For the exchange:
  ConnectionHome& home() { return *home_; }
  RequestParser& parser() { return *parser_; }
  bool lost() const { return lost_; }
  // True once the client has closed its side, asked of the socket now.
  bool gone();
  // More bytes into the input, at most `max`; waits for them no longer than `until`.
  Task<Arrival> receive(std::size_t max, SteadyTime until);
  // Feeds the input to the parser's body.
  void take_body(std::string& content);
  // All of it, or false: the client is gone or too slow.
  Task<bool> send(Parts parts);
  // Calls back (at most once) when the client leaves. Watching reads ahead a little; a body longer than that stops it.
  void on_lost(std::function<void()> callback);
  void watch();

 private:
  Task<bool> receive_head();
  Task<bool> answer();
  Task<> refuse(Refusal refusal);
  Task<> linger();
  Task<boost::system::error_code> wait(Tcp::socket::wait_type what, SteadyTime until);
  Task<> breathe(std::size_t bytes);
  std::size_t send_now(Parts& parts, boost::system::error_code& failed);
  std::size_t read_now(std::size_t max, boost::system::error_code& failed);
  void on_readable(std::uint64_t turn, boost::system::error_code failed);
  void pause_watching();
  void stop_watching();
  void lose();
  void limit_until(SteadyTime until);
  void arm(SteadyTime at);
  void on_timer();

  std::shared_ptr<ConnectionHome> home_;
  Tcp::socket socket_;
  std::unique_ptr<TlsSession> tls_;
  asio::steady_timer timer_;
  SteadyTime until_ = SteadyTime::max();  // when the present wait is given up
  SteadyTime armed_ = SteadyTime::max();  // when the timer will ring, which may be before that
  std::optional<RequestParser> parser_;
  std::string input_;
  std::string peer_address_;
  bool peer_is_loopback_ = false;
  std::uint16_t local_port_ = 0;
  bool is_late_ = false;  // it came while the server drains: for one answer, most likely 503
  bool idle_ = true;
  bool timed_out_ = false;
  bool lost_ = false;
  bool sending_ = false;
  bool watch_wanted_ = false;
  bool watching_ = false;
  std::uint64_t watch_turn_ = 0;
  std::size_t requests_ = 0;
  std::size_t bytes_without_a_break_ = 0;
  std::function<void()> on_lost_;
};

}  // namespace fragua::http
