#include "cli/api_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <random>

#include "base/error.h"
#include "base/files.h"
#include "cli/ndjson.h"
#include "http/client.h"

namespace fragua::cli {

namespace {

constexpr auto kTick = std::chrono::milliseconds(100);
constexpr auto kNeverStalls =
    std::chrono::hours(24);  // loading a model or reading a long prompt sends nothing for minutes
constexpr std::size_t kAnswerMaxBytes = 256u << 20;

// The policy against internal addresses protects the server; here the person at the keyboard names the address.
http::AddressPolicy any_address() {
  http::AddressPolicy policy;
  policy.allow_private = true;
  policy.allow_plain_http = true;
  return policy;
}

ErrorCode code_of(int status) {
  switch (status) {
    case 401:
      return ErrorCode::unauthorized;
    case 403:
      return ErrorCode::forbidden;
    case 404:
      return ErrorCode::not_found;
    case 405:
      return ErrorCode::method_not_allowed;
    case 409:
      return ErrorCode::conflict;
    case 413:
      return ErrorCode::too_large;
    case 429:
      return ErrorCode::rate_limited;
    case 503:
      return ErrorCode::overloaded;
    case 499:
      return ErrorCode::cancelled;
    case 507:
      return ErrorCode::storage_full;
    default:
      return status < 500 ? ErrorCode::invalid_argument : ErrorCode::internal;
  }
}

// What a refused request's answer says; nothing when it was not refused.
std::optional<Error> refusal_in(const http::ClientResponse& response, const std::optional<std::string>& error) {
  if (response.status >= 200 && response.status < 300) return std::nullopt;
  if (response.status == 401)
    return Error(ErrorCode::unauthorized, "the server wants credentials: make an API key in the app's settings and put it in FRAGUA_API_KEY");
  return Error(code_of(response.status), error.value_or("the server answered with status " + std::to_string(response.status)));
}

void throw_unless_successful(const http::ClientResponse& response, const std::optional<std::string>& error) {
  if (const auto refusal = refusal_in(response, error)) throw Error(*refusal);
}

// The sentence of an answer that is an error; nothing when it has none.
std::optional<std::string> sentence_in(const http::ClientResponse& response) {
  json::error_code failed;
  const auto answer = json::parse(response.body, failed);
  return failed ? std::nullopt : error_of(answer);
}

json::value body_of(const http::ClientResponse& response, const ServerAddress& address) {
  json::error_code failed;
  auto body = response.body.empty() ? json::value(json::object()) : json::parse(response.body, failed);
  throw_unless_successful(response, failed ? std::nullopt : error_of(body));
  if (failed || !body.is_object())
    throw Error(ErrorCode::corrupt, "what answers at " + address.url() + " is no server of models");
  return body;
}

std::string lost_connection(const ServerAddress& address, const Error& error, bool answer_had_begun) {
  if (answer_had_begun)
    return "the server at " + address.url() + " went away in the middle of its answer: " + error.what();
  if (address.loopback) return "no server is running at " + address.url() + "; start one with `fragua serve`";
  return "cannot reach the server at " + address.url() + " (" + error.what() +
         "); check the address in --host or FRAGUA_HOST, and that the server is running";
}

}  // namespace

struct Hearers {
  std::function<void(std::string_view)> on_piece;
  std::function<void()> on_tick;
};

struct ApiClient::State {
  asio::io_context io{1};
  http::Client client{io.get_executor(), any_address()};
  asio::steady_timer ticker{io};
  std::optional<asio::signal_set> signals;
  int keepers = 0;
  std::shared_ptr<bool> interrupted = std::make_shared<bool>(false);

  void watch_interrupts() {
    if (signals) return;
    signals.emplace(io, SIGINT);
    await_interrupt();
  }
  void await_interrupt() {
    signals->async_wait([this](const boost::system::error_code& error, int) {
      if (error) return;
      *interrupted = true;
      if (signals) await_interrupt();
    });
  }
  void await_tick(const std::function<void()>* on_tick) {
    ticker.expires_after(kTick);
    ticker.async_wait([this, on_tick](const boost::system::error_code& error) {
      if (error) return;
      (*on_tick)();
      await_tick(on_tick);
    });
  }
  void begin() {
    io.restart();
    watch_interrupts();
    io.poll();  // an interrupt that came between two calls was not meant for this one
    interrupted = std::make_shared<bool>(false);
  }
  void end() {
    ticker.cancel();
    if (keepers == 0) signals.reset();
    io.poll();
  }
  http::ClientResponse send(http::ClientRequest request, const Hearers& hearers);
};

// Pieces are passed on between the loop's steps and not from inside libcurl, so that a hearer may throw.
http::ClientResponse ApiClient::State::send(http::ClientRequest request, const Hearers& hearers) {
  struct Call {
    State& state;
    std::shared_ptr<bool> cancelled;
    bool done = false;
    std::exception_ptr error;
    http::ClientResponse response;
    std::string pieces;
    ~Call() {  // after an exception: end the transfer before what it refers to goes away
      *cancelled = true;
      while (!done) state.io.run_one();
      state.end();
    }
  };
  begin();
  Call call{*this, interrupted, false, nullptr, {}, {}};
  request.cancelled = call.cancelled;
  if (hearers.on_piece) request.on_piece = [&call](std::string_view piece) { call.pieces += piece; };
  const auto finished = [&call](std::exception_ptr error, http::ClientResponse response) {
    call.done = true;
    call.error = std::move(error);
    call.response = std::move(response);
  };
  asio::co_spawn(io, client.send(std::move(request)), finished);
  if (hearers.on_tick) await_tick(&hearers.on_tick);
  while (!call.done || !call.pieces.empty()) {
    if (!call.done) io.run_one();
    if (const auto pieces = std::exchange(call.pieces, {}); !pieces.empty()) hearers.on_piece(pieces);
  }
  if (call.error) std::rethrow_exception(call.error);
  return std::move(call.response);
}

namespace {

http::ClientRequest request_to(const ServerAddress& address, const Secret& key, http::Method method,
                               const std::string& path) {
  http::ClientRequest request;
  request.method = method;
  request.url = address.url() + path;
  if (!key.empty()) request.authorization = Secret("Bearer " + key.reveal());
  request.stall_timeout = kNeverStalls;
  request.max_answer_bytes = kAnswerMaxBytes;
  request.max_redirects = 0;
  return request;
}

http::ClientRequest with_body(http::ClientRequest request, const json::object& body) {
  request.body = to_json(body);
  request.headers.emplace_back("Content-Type", "application/json");
  return request;
}

// The one place that turns "no connection" into what to do about it.
template <class Send>
auto translated(const ServerAddress& address, const bool& answer_had_begun, Send send) {
  try {
    return send();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::unavailable) throw;
    throw Error(ErrorCode::unavailable, lost_connection(address, error, answer_had_begun));
  }
}

}  // namespace

ApiClient::ApiClient(ServerAddress address, Secret api_key)
    : address_(std::move(address)), api_key_(std::move(api_key)), state_(std::make_unique<State>()) {}
ApiClient::~ApiClient() = default;

json::value ApiClient::get(const std::string& path) {
  auto request = request_to(address_, api_key_, http::Method::get, path);
  return body_of(translated(address_, false, [&] { return state_->send(std::move(request), {}); }), address_);
}

json::value ApiClient::post(const std::string& path, const json::object& body) {
  auto request = with_body(request_to(address_, api_key_, http::Method::post, path), body);
  return body_of(translated(address_, false, [&] { return state_->send(std::move(request), {}); }), address_);
}

Result<json::value> ApiClient::try_post(const std::string& path, const json::object& body) {
  auto request = with_body(request_to(address_, api_key_, http::Method::post, path), body);
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), {}); });
  if (auto refusal = refusal_in(response, sentence_in(response))) return tl::unexpected(std::move(*refusal));
  return body_of(response, address_);
}

std::optional<json::value> ApiClient::find(const std::string& path, const json::object& body) {
  auto request = with_body(request_to(address_, api_key_, http::Method::post, path), body);
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), {}); });
  if (response.status == 404) return std::nullopt;
  return body_of(response, address_);
}

std::optional<json::value> ApiClient::find(const std::string& path) {
  auto request = request_to(address_, api_key_, http::Method::get, path);
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), {}); });
  if (response.status == 404) return std::nullopt;
  return body_of(response, address_);
}

bool ApiClient::remove(const std::string& path) {
  auto request = request_to(address_, api_key_, http::Method::delete_, path);
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), {}); });
  if (response.status == 404) return false;
  json::error_code failed;
  const auto answer = json::parse(response.body, failed);
  throw_unless_successful(response, failed ? std::nullopt : error_of(answer));
  return true;
}

void ApiClient::remove(const std::string& path, const json::object& body) {
  auto request = with_body(request_to(address_, api_key_, http::Method::delete_, path), body);
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), {}); });
  json::error_code failed;
  const auto answer = json::parse(response.body, failed);
  throw_unless_successful(response, failed ? std::nullopt : error_of(answer));
}

bool ApiClient::exists(const std::string& path) {
  auto request = request_to(address_, api_key_, http::Method::head, path);
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), {}); });
  if (response.status == 404) return false;
  throw_unless_successful(response, std::nullopt);
  return true;
}

void ApiClient::stream(const std::string& path, const json::object& body, const StreamHandlers& handlers) {
  auto request = with_body(request_to(address_, api_key_, http::Method::post, path), body);
  request.max_answer_bytes = UINT64_MAX;
  NdjsonReader reader(handlers.on_line);
  bool begun = false;
  Hearers hearers;
  hearers.on_tick = handlers.on_tick;
  hearers.on_piece = [&](std::string_view piece) {
    begun = true;
    reader.feed(piece);
  };
  const auto response = translated(address_, begun, [&] { return state_->send(std::move(request), hearers); });
  reader.finish();
  throw_unless_successful(response, reader.error());
  if (reader.error()) throw Error(ErrorCode::internal, *reader.error());
}

void ApiClient::upload(const std::string& path, const std::filesystem::path& file,
                       const std::function<void(std::uint64_t)>& sent) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw_errno("cannot read", file, errno);
  auto request = request_to(address_, api_key_, http::Method::post, path);
  request.headers.emplace_back("Content-Type", "application/octet-stream");
  request.upload_bytes = std::filesystem::file_size(file);
  std::uint64_t count = 0;
  request.upload = [&in, &count](char* to, std::size_t capacity) {
    in.read(to, std::streamsize(capacity));
    count += std::uint64_t(in.gcount());
    return std::size_t(in.gcount());
  };
  Hearers hearers;
  hearers.on_tick = [&] { sent(count); };
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), hearers); });
  json::error_code failed;
  const auto answer = json::parse(response.body, failed);
  throw_unless_successful(response, failed ? std::nullopt : error_of(answer));
  sent(count);
}

namespace {

std::string new_boundary() {
  std::random_device device;
  return fmt::format("fragua{:08x}{:08x}{:08x}", device(), device(), device());
}

}  // namespace

void ApiClient::stream_form(const std::string& path, const std::vector<FormPart>& parts, const StreamHandlers& handlers,
                            const std::function<void(std::uint64_t)>& sent) {
  FormBody body(parts, new_boundary());
  auto request = request_to(address_, api_key_, http::Method::post, path);
  request.max_answer_bytes = UINT64_MAX;
  request.headers.emplace_back("Content-Type", body.content_type());
  request.upload_bytes = body.size();
  std::uint64_t count = 0;
  request.upload = [&](char* to, std::size_t capacity) {
    const auto read = body.read(to, capacity);
    count += read;
    return read;
  };
  NdjsonReader reader(handlers.on_line);
  bool begun = false;
  Hearers hearers;
  hearers.on_tick = [&] {
    if (!begun) sent(count);
    if (handlers.on_tick) handlers.on_tick();
  };
  hearers.on_piece = [&](std::string_view piece) {
    begun = true;
    reader.feed(piece);
  };
  const auto response = translated(address_, begun, [&] { return state_->send(std::move(request), hearers); });
  reader.finish();
  throw_unless_successful(response, reader.error());
  if (reader.error()) throw Error(ErrorCode::internal, *reader.error());
}

void ApiClient::download(const std::string& path, const std::function<void(std::string_view)>& on_piece) {
  auto request = request_to(address_, api_key_, http::Method::get, path);
  request.max_answer_bytes = UINT64_MAX;
  int status = 0;
  std::string refusal;
  request.on_headers = [&](const http::ClientResponse& head) {
    status = head.status;
    return true;
  };
  Hearers hearers;
  hearers.on_piece = [&](std::string_view piece) {
    if (status == 200) on_piece(piece);
    else refusal += piece;
  };
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), hearers); });
  json::error_code failed;
  const auto answer = json::parse(refusal, failed);
  throw_unless_successful(response, failed ? std::nullopt : error_of(answer));
}

namespace {

bool is_about_the_file(int status) { return status == 400 || status == 413 || status == 415 || status == 422; }

}  // namespace

Result<json::value> ApiClient::upload_form(const std::string& path, const std::filesystem::path& file, const std::string& name) {
  if (!std::ifstream(file, std::ios::binary)) return failure(ErrorCode::not_found, "the file cannot be read");
  FormBody form({{.name = "file", .file = file, .value = "", .file_name = name}}, new_boundary());
  auto request = request_to(address_, api_key_, http::Method::post, path);
  request.headers.emplace_back("Content-Type", form.content_type());
  request.upload = [&form](char* to, std::size_t capacity) { return form.read(to, capacity); };
  const auto response = translated(address_, false, [&] { return state_->send(std::move(request), {}); });
  if (is_about_the_file(response.status)) return failure(code_of(response.status), sentence_in(response).value_or("refused"));
  return body_of(response, address_);
}

bool ApiClient::answers() {
  auto request = request_to(address_, api_key_, http::Method::get, "/health");
  request.connect_timeout = std::chrono::seconds(1);
  request.total_timeout = std::chrono::seconds(1);
  try {
    state_->send(std::move(request), {});
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled) throw;
    return false;
  }
}

void ApiClient::wait(std::chrono::milliseconds duration) {
  state_->begin();
  bool over = false;
  asio::steady_timer timer(state_->io, duration);
  timer.async_wait([&over](const boost::system::error_code&) { over = true; });
  while (!over && !*state_->interrupted) state_->io.run_one();
  timer.cancel();
  while (!over) state_->io.run_one();
  const bool stopped = *state_->interrupted;
  state_->end();
  if (stopped) throw Error(ErrorCode::cancelled, "stopped");
}

ApiClient::KeepInterrupts::KeepInterrupts(ApiClient& client) : client_(client) {
  ++client_.state_->keepers;
  client_.state_->watch_interrupts();
}

ApiClient::KeepInterrupts::~KeepInterrupts() {
  if (--client_.state_->keepers == 0) client_.state_->end();
}

}  // namespace fragua::cli
