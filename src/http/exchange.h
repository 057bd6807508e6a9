// HttpExchange: the Exchange of one request on a Connection: body in, answer out.
// Callers: http/connection only. Threads: the loop's only; lives while the handler runs.
// A body that breaks the protocol or stalls is answered here (400, 408), and the handler sees Error(cancelled).
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "http/connection.h"

namespace fragua::http {

class HttpExchange final : public Exchange {
 public:
  explicit HttpExchange(Connection& connection);

  Request& request() override;
  Task<std::string> body(std::size_t max_bytes) override;
  Task<std::string> body_piece(std::uint64_t max_bytes) override;
  std::optional<std::uint64_t> content_length() const override;
  Task<> reply(Response response) override;
  Task<> begin(int status, std::string content_type, Headers headers) override;
  Task<> write(std::string bytes) override;
  Task<> end() override;
  bool begun() const override { return begun_; }
  void on_disconnect(std::function<void()> callback) override;
  bool disconnected() const override;

  // After the handler: answers 500 if it did not answer, reads what is left of a short body. True if the connection can
  // serve another request.
  Task<bool> finish();
  // The refusal's answer; the connection serves nothing more after it.
  Task<> refuse(Refusal refusal);
  bool left_body_unread() const { return left_body_unread_; }

 private:
  std::string head(int status, const std::string& content_type, const Headers& headers, std::string_view framing);
  Task<bool> try_reply(Response response);
  Task<> flush(Connection::Parts parts);
  Task<> continue_if_asked();
  Task<> receive_more_body();
  bool may_skip_rest() const;
  void check_not_begun() const;

  Connection& connection_;
  std::uint64_t received_ = 0;  // of the body's content
  std::size_t since_ = 0;       // bytes that arrived since body_until_ was set
  SteadyTime body_until_{};     // the body is too slow from then on
  bool continued_ = false;
  bool begun_ = false;
  bool ended_ = false;
  bool refused_ = false;
  bool chunked_ = false;
  bool keep_ = true;
  bool left_body_unread_ = false;
};

}  // namespace fragua::http
