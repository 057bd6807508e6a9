#include "http/request_parser.h"

#include <boost/beast/http/basic_parser.hpp>

#include "base/strings.h"

namespace fragua::http {

namespace {

namespace beast = boost::beast;
using ErrorCode = beast::error_code;
using Cause = beast::http::error;
using Field = beast::http::field;

constexpr std::size_t kFramingMax = 16 * 1024;  // a chunk's header line, or all trailers

bool has_control_bytes(std::string_view text) {
  for (unsigned char c : text)
    if ((c < 0x20 && c != '\t') || c == 0x7f) return true;
  return false;
}

// Beast would wait for the end of such a head for ever.
bool has_bare_line_feed(std::string_view text) {
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    if (at == 0 || text[at - 1] != '\r') return true;
  return false;
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// Beast's parser calls back; what is kept goes straight into our Request.
class Callbacks final : public beast::http::basic_parser<true> {
 public:
  explicit Callbacks(ParserLimits limits) : limits_(limits) {
    header_limit(std::uint32_t(limits.header_max_bytes) + 2);
    body_limit(boost::none);
    eager(false);
  }

  Request request;
  std::optional<Refusal> refusal;
  bool has_request_line = false;
  bool expects_continue = false;
  bool is_http_1_0 = false;
  std::string* content = nullptr;
  std::string_view input;  // what put() is reading, to tell folded headers

  void refuse(int status, std::string message, ErrorCode& error) {
    if (!refusal) refusal = Refusal{status, std::move(message)};
    error = Cause::bad_value;
  }

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       ErrorCode& error) override {
    has_request_line = true;
    is_http_1_0 = version == 10;
    request.method = method_of(view(method));
    if (request.method == Method::other)
      return refuse(405, "this server does not know the method " + std::string(method), error);
    if (!request.set_target(std::string(target))) return refuse(400, "the request's target is malformed", error);
  }

  bool is_folded(beast::string_view name, beast::string_view value) const {
    const char* const name_end = name.data() + name.size();
    if (value.data() < name_end || value.data() > input.data() + input.size()) return true;
    return std::string_view(name_end, std::size_t(value.data() - name_end)).find('\n') != std::string_view::npos;
  }

  void on_field_impl(Field field, beast::string_view name, beast::string_view value, ErrorCode& error) override {
    if (is_header_done()) return;  // a trailer: nobody needs one
    if (is_folded(name, value)) return refuse(400, "a header runs over two lines", error);
    if (request.headers.size() >= limits_.header_max_count) return refuse(431, "too many headers", error);
    if (has_control_bytes(view(value))) return refuse(400, "a header contains control bytes", error);
    check_field(field, view(value), error);
    if (!error) request.headers.emplace_back(view(name), view(value));
  }

  void check_field(Field field, std::string_view value, ErrorCode& error) {
    if (field == Field::host && has_host_) return refuse(400, "the request has two Host headers", error);
    if (field == Field::host) {
      has_host_ = true;
      if (value.find_first_of(" \t,/@") != std::string_view::npos) refuse(400, "the Host header is malformed", error);
    } else if (field == Field::transfer_encoding) {
      if (is_http_1_0) return refuse(400, "HTTP/1.0 knows no Transfer-Encoding", error);
      if (has_transfer_encoding_) return refuse(400, "the request has two Transfer-Encoding headers", error);
      has_transfer_encoding_ = true;
      if (!equal_ignoring_case(value, "chunked")) refuse(501, "the only Transfer-Encoding served is chunked", error);
    } else if (field == Field::expect && !is_http_1_0) {
      expects_continue = equal_ignoring_case(value, "100-continue");
      if (!expects_continue) refuse(417, "the only Expect served is 100-continue", error);
    }
  }

  void on_header_impl(ErrorCode& error) override {
    if (!has_host_ && !is_http_1_0) return refuse(400, "the request has no Host header", error);
    const auto scheme_end = request.target.find("://");
    if (request.target.starts_with('/') || scheme_end == std::string::npos) return;
    const auto authority = std::string_view(request.target).substr(scheme_end + 3);
    if (!equal_ignoring_case(authority.substr(0, authority.find_first_of("/?")), request.header("host")))
      refuse(400, "the request's target and Host header name two hosts", error);
  }

  std::size_t on_body_impl(beast::string_view body, ErrorCode&) override {
    content->append(body.data(), body.size());
    return body.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, ErrorCode&) override {
    content->append(body.data(), body.size());
    return body.size();
  }
  void on_response_impl(int, beast::string_view, int, ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  void on_chunk_header_impl(std::uint64_t, beast::string_view, ErrorCode&) override {}
  void on_finish_impl(ErrorCode&) override {}

  ParserLimits limits_;
  bool has_host_ = false;
  bool has_transfer_encoding_ = false;
};

std::string explain(const ErrorCode& error) {
  if (error == Cause::bad_method) return "the request's method is malformed";
  if (error == Cause::bad_target) return "the request's target is malformed";
  if (error == Cause::bad_version) return "the request's version is not HTTP/1.0 or HTTP/1.1";
  if (error == Cause::bad_content_length || error == Cause::multiple_content_length)
    return "the request's length is not clear: Content-Length is malformed, repeated, or beside Transfer-Encoding";
  if (error == Cause::bad_transfer_encoding)
    return "the request's length is not clear: Transfer-Encoding is repeated or beside Content-Length";
  if (error == Cause::bad_chunk || error == Cause::bad_chunk_extension) return "the chunked body is malformed";
  return "the request is malformed";
}

}  // namespace

struct RequestParser::State {
  ParserLimits limits;
  Callbacks callbacks;
  std::size_t head_bytes = 0;  // taken so far
  bool started = false;

  explicit State(ParserLimits given) : limits(given), callbacks(given) {}

  std::size_t put(std::string_view bytes, ErrorCode& error) {
    callbacks.input = bytes;
    const auto taken = callbacks.put(asio_buffer(bytes), error);
    if (error == Cause::need_more) error = {};
    return taken;
  }
  static boost::asio::const_buffer asio_buffer(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

  void refuse_long_head(std::string_view waiting) {
    ErrorCode ignored;
    const bool in_headers =
        callbacks.has_request_line || waiting.substr(0, limits.header_max_bytes).find("\r\n") != std::string_view::npos;
    in_headers ? callbacks.refuse(431, "the request's headers are too long", ignored)
               : callbacks.refuse(414, "the request's target is too long", ignored);
  }
  void refuse_malformed(const ErrorCode& error, std::string_view waiting) {
    ErrorCode ignored;
    if (error == Cause::header_limit) return refuse_long_head(waiting);
    callbacks.refuse(400, explain(error), ignored);
  }
};

RequestParser::RequestParser(ParserLimits limits) : state_(std::make_unique<State>(limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::put_head(std::string_view bytes) {
  auto& state = *state_;
  std::size_t taken = 0;
  // Some clients send an empty line after a body; HTTP asks to overlook it.
  while (!state.started && bytes.substr(taken).starts_with("\r\n")) taken += 2;
  const bool maybe_empty_line = !state.started && bytes.substr(taken) == "\r";
  if (taken < bytes.size() && !maybe_empty_line && !refusal()) {
    state.started = true;
    ErrorCode error;
    taken += state.put(bytes.substr(taken), error);
    if (error) state.refuse_malformed(error, bytes.substr(taken));
  }
  state.head_bytes += taken;
  const auto waiting = head_done() ? std::string_view() : bytes.substr(taken);
  if (!refusal() && has_bare_line_feed(waiting)) state.refuse_malformed(Cause::bad_line_ending, waiting);
  if (!refusal() && state.head_bytes + waiting.size() > state.limits.header_max_bytes) state.refuse_long_head(waiting);
  return taken;
}

std::size_t RequestParser::put_body(std::string_view bytes, std::string& content) {
  auto& state = *state_;
  state.callbacks.content = &content;
  std::size_t taken = 0;
  while (!refusal() && !done() && taken < bytes.size()) {
    ErrorCode error;
    const auto step = state.put(bytes.substr(taken), error);
    taken += step;
    if (error) state.refuse_malformed(error, {});
    if (step == 0) break;
  }
  if (!refusal() && !done() && bytes.size() - taken > kFramingMax) {
    ErrorCode ignored;
    state.callbacks.refuse(400, "the chunked body's framing is too long", ignored);
  }
  return taken;
}

const std::optional<Refusal>& RequestParser::refusal() const { return state_->callbacks.refusal; }
bool RequestParser::head_started() const { return state_->started; }
bool RequestParser::head_done() const { return state_->callbacks.is_header_done(); }
bool RequestParser::done() const { return state_->callbacks.is_done(); }
bool RequestParser::keep_alive() const { return !refusal() && head_done() && state_->callbacks.keep_alive(); }
bool RequestParser::expects_continue() const { return state_->callbacks.expects_continue; }
bool RequestParser::is_http_1_0() const { return state_->callbacks.is_http_1_0; }
Request& RequestParser::request() { return state_->callbacks.request; }

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = head_done() ? state_->callbacks.content_length() : boost::none;
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

std::optional<std::uint64_t> RequestParser::body_bytes_left() const {
  if (done()) return 0;
  if (!head_done()) return std::nullopt;
  const auto left = state_->callbacks.content_length_remaining();
  return left ? std::optional<std::uint64_t>(*left) : std::nullopt;
}

}  // namespace fragua::http
