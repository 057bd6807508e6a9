#include "http/exchange.h"

#include <charconv>

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"

namespace fragua::http {

namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::size_t kReservedAtOnce = 1024 * 1024;   // a declared length is not believed beyond this
constexpr std::size_t kBodyProgressBytes = 1024;       // what must arrive within body_timeout
constexpr std::uint64_t kSkippedBytesMax = 64 * 1024;  // an unread body up to this is read over, to keep the connection
constexpr std::string_view kEveryMethod = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

SteadyTime now() { return std::chrono::steady_clock::now(); }

[[noreturn]] void throw_gone() { throw Error(ErrorCode::cancelled, "the client closed the connection"); }

// Header values come from models' names too: a line break in one must not start another header.
void append_clean(std::string& to, std::string_view text) {
  for (unsigned char c : text)
    if ((c >= 0x20 && c != 0x7f) || c == '\t') to += char(c);
}

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace

HttpExchange::HttpExchange(Connection& connection) : connection_(connection) {}

Request& HttpExchange::request() { return connection_.parser().request(); }

std::optional<std::uint64_t> HttpExchange::content_length() const { return connection_.parser().content_length(); }

Task<> HttpExchange::continue_if_asked() {
  if (continued_) co_return;
  continued_ = true;
  body_until_ = now() + connection_.home().limits.body_timeout;
  if (connection_.parser().expects_continue() && !connection_.parser().done())
    co_await flush({"HTTP/1.1 100 Continue\r\n\r\n", "", ""});
}

Task<> HttpExchange::receive_more_body() {
  const auto arrival = co_await connection_.receive(kPieceBytes, body_until_);
  if (arrival == Connection::Arrival::timeout)
    co_await refuse(Refusal(408, "the request's body did not arrive in time"));
  // Who only closed his sending side still reads the answer.
  if (arrival == Connection::Arrival::end)
    co_await refuse(Refusal(400, "the request's body ended before it was whole"));
  if (arrival != Connection::Arrival::bytes) throw_gone();
}

Task<std::string> HttpExchange::body_piece(std::uint64_t max_bytes) {
  auto& parser = connection_.parser();
  const auto too_large = [&] {
    return Error(ErrorCode::too_large, "the request's body is larger than " + std::to_string(max_bytes) + " bytes");
  };
  if (refused_) throw_gone();
  if (content_length().value_or(0) > max_bytes) throw too_large();
  co_await continue_if_asked();
  std::string content;
  while (!parser.done()) {
    connection_.take_body(content);
    if (parser.refusal()) {
      co_await refuse(*parser.refusal());
      throw_gone();
    }
    if (!content.empty() || parser.done()) break;
    co_await receive_more_body();
  }
  received_ += content.size();
  if (received_ > max_bytes) throw too_large();
  since_ += content.size();
  if (since_ >= kBodyProgressBytes) {
    since_ = 0;
    body_until_ = now() + connection_.home().limits.body_timeout;
  }
  co_return content;
}

Task<std::string> HttpExchange::body(std::size_t max_bytes) {
  std::string whole = co_await body_piece(max_bytes);
  if (connection_.parser().done()) co_return whole;
  whole.reserve(std::size_t(std::min<std::uint64_t>(content_length().value_or(0), kReservedAtOnce)));
  while (!connection_.parser().done()) whole += co_await body_piece(max_bytes);
  co_return whole;
}

std::string HttpExchange::head(int status, const std::string& content_type, const Headers& headers,
                               std::string_view framing) {
  const auto& parser = connection_.parser();
  keep_ = keep_ && parser.keep_alive() && !connection_.home().draining && (parser.done() || may_skip_rest());
  std::string text;
  text.reserve(256);
  text.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(reason_of(status));
  text.append("\r\nServer: fragua\r\nDate: ").append(connection_.home().date_now()).append("\r\n");
  if (!content_type.empty()) {
    text += "Content-Type: ";
    append_clean(text, content_type);
    text += "\r\n";
  }
  for (const auto& [name, value] : headers) {
    append_clean(text, name);
    text += ": ";
    append_clean(text, value);
    text += "\r\n";
  }
  text.append(framing);
  if (!keep_) text += "Connection: close\r\n";
  if (keep_ && parser.is_http_1_0()) text += "Connection: keep-alive\r\n";
  return text.append("\r\n");
}

Task<> HttpExchange::flush(Connection::Parts parts) {
  const bool sent = co_await connection_.send(parts);
  if (!sent) throw_gone();
}

void HttpExchange::check_not_begun() const {
  if (refused_) throw_gone();
  if (begun_) throw Error(ErrorCode::internal, "an answer was begun twice");
}

Task<bool> HttpExchange::try_reply(Response response) {
  begun_ = ended_ = true;
  const bool bare = has_no_body(response.status);
  const auto length = "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  const auto text = head(response.status, bare || response.body.empty() ? std::string() : response.content_type,
                         response.headers, bare ? std::string_view() : std::string_view(length));
  const bool without_body = bare || request().method == Method::head;
  co_return co_await connection_.send({text, without_body ? std::string_view() : response.body, ""});
}

Task<> HttpExchange::reply(Response response) {
  check_not_begun();
  const bool sent = co_await try_reply(std::move(response));
  if (!sent) throw_gone();
}

Task<> HttpExchange::begin(int status, std::string content_type, Headers headers) {
  check_not_begun();
  begun_ = true;
  chunked_ = !connection_.parser().is_http_1_0();
  keep_ = keep_ && chunked_;
  const auto text =
      head(status, content_type, headers, chunked_ ? std::string_view("Transfer-Encoding: chunked\r\n") : "");
  connection_.watch();
  co_await flush({text, "", ""});
}

Task<> HttpExchange::write(std::string bytes) {
  if (connection_.lost()) throw_gone();
  if (!begun_ || ended_) throw Error(ErrorCode::internal, "an answer was written outside its begin and end");
  if (bytes.empty() || request().method == Method::head) co_return;
  char size[20];
  char* size_end = std::to_chars(size, size + sizeof size - 2, bytes.size(), 16).ptr;
  *size_end++ = '\r';
  *size_end++ = '\n';
  const std::string_view frame(size, std::size_t(size_end - size));
  co_await flush(chunked_ ? Connection::Parts{frame, bytes, "\r\n"} : Connection::Parts{bytes, "", ""});
}

Task<> HttpExchange::end() {
  if (!begun_ || ended_) throw Error(ErrorCode::internal, "an answer was ended outside its begin and end");
  ended_ = true;
  if (chunked_ && request().method != Method::head) co_await flush({"0\r\n\r\n", "", ""});
}

void HttpExchange::on_disconnect(std::function<void()> callback) { connection_.on_lost(std::move(callback)); }
bool HttpExchange::disconnected() const { return connection_.gone(); }

Task<> HttpExchange::refuse(Refusal refusal) {
  if (begun_ || connection_.lost()) co_return;
  refused_ = true;
  keep_ = false;
  left_body_unread_ = true;
  connection_.home().log.debug("http.refused", {{"status", refusal.status}, {"reason", refusal.message}});
  Response response;
  response.status = refusal.status;
  response.body = to_json(json::object{{"error", refusal.message}});
  if (refusal.status == 405) response.headers.emplace_back("Allow", kEveryMethod);
  co_await try_reply(std::move(response));
}

bool HttpExchange::may_skip_rest() const {
  const auto& parser = connection_.parser();
  const auto left = parser.body_bytes_left();
  return left && *left <= kSkippedBytesMax && (continued_ || !parser.expects_continue());
}

Task<bool> HttpExchange::finish() {
  auto& parser = connection_.parser();
  if (!begun_ && !connection_.lost()) {
    Response response;
    response.status = 500;
    response.body = R"({"error":"internal error"})";
    co_await try_reply(std::move(response));
  }
  if (!ended_ && !connection_.lost()) connection_.cut();  // the client must not take a torn answer for a whole one
  left_body_unread_ = !parser.done();
  if (connection_.lost() || !keep_) co_return false;
  std::string skipped;
  const auto until = now() + connection_.home().limits.body_timeout;
  while (!parser.done()) {
    connection_.take_body(skipped);
    skipped.clear();
    if (parser.refusal()) co_return false;
    if (parser.done()) break;
    const auto arrival = co_await connection_.receive(kPieceBytes, until);
    if (arrival != Connection::Arrival::bytes) co_return false;
  }
  co_return true;
}

}  // namespace fragua::http
