#include "models/registry/session.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/json.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::size_t kShownBytes = 300;
constexpr int kCallAttemptsMax = 3;  // somebody waits: less patience than for a blob that is half there

// Ollama's registries answer {"errors":[{"code","message"}]}, hubs {"error":"…"}.
std::string registry_words(const std::string& body) {
  boost::system::error_code error;
  const auto value = json::parse(body, error);
  if (error || !value.is_object()) return "";
  const auto& object = value.get_object();
  if (const auto words = string_member(object, "error"); !words.empty()) return words;
  const auto* errors = find_member(object, "errors");
  if (!errors || !errors->is_array() || errors->get_array().empty() || !errors->get_array()[0].is_object()) return "";
  const auto& first = errors->get_array()[0].get_object();
  const auto message = string_member(first, "message");
  return message.empty() ? string_member(first, "code") : message;
}

std::string printable(std::string_view text) {
  auto shown = sanitized_utf8(text.substr(0, kShownBytes));
  std::replace_if(
      shown.begin(), shown.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return shown;
}

}  // namespace

RegistrySession::RegistrySession(asio::any_io_executor executor, Endpoint endpoint, std::shared_ptr<Authenticator> auth,
                                 TransferLimits limits, std::shared_ptr<bool> stop)
    : executor_(executor),
      endpoint_(std::move(endpoint)),
      auth_(std::move(auth)),
      limits_(limits),
      stop_(std::move(stop)),
      client_(executor, endpoint_.policy) {}

Task<Result<http::ClientResponse>> RegistrySession::send_once(http::ClientRequest request) {
  request.headers.emplace_back("Accept-Encoding", "identity");
  request.connect_timeout = limits_.connect_timeout;
  request.stall_timeout = limits_.stall_timeout;
  request.cancelled = stop_;
  // The one place that turns the client's exceptions into values: whether to try again is the caller's choice.
  try {
    co_return co_await client_.send(std::move(request));
  } catch (const Error& error) {
    co_return tl::unexpected<Error>(error);
  }
}

Task<Result<void>> RegistrySession::fetch_token(TokenRequest token) {
  http::ClientRequest request;
  request.url = std::move(token.url);
  request.authorization = std::move(token.authorization);
  request.max_redirects = 0;
  request.max_answer_bytes = limits_.answer_max_bytes;
  request.total_timeout = limits_.call_timeout;
  auto answer = co_await send_once(std::move(request));
  if (!answer) co_return tl::unexpected<Error>(answer.error());
  if (answer->status != 200) co_return tl::unexpected<Error>(error_of("log in to " + endpoint_.host, *answer));
  co_return auth_->accept_token(answer->body);
}

Task<Result<http::ClientResponse>> RegistrySession::send(http::ClientRequest request) {
  request.authorization = auth_->authorization_for(request.url);
  const bool own = origin_of(request.url) == endpoint_.origin;
  auto answer = co_await send_once(request);
  if (!answer || answer->status != 401 || !own) co_return answer;
  auto step = auth_->answer(answer->header("WWW-Authenticate"));
  if (!step && endpoint_.hub) co_return answer;  // its 401 has a meaning of its own
  if (!step) co_return tl::unexpected<Error>(step.error());
  if (step->has_value()) {
    auto fetched = co_await fetch_token(std::move(**step));
    if (!fetched) co_return tl::unexpected<Error>(fetched.error());
  }
  if (request.upload) co_return answer;
  request.authorization = auth_->authorization_for(request.url);
  co_return co_await send_once(std::move(request));
}

Task<Result<http::ClientResponse>> RegistrySession::call(http::ClientRequest request) {
  request.total_timeout = limits_.call_timeout;
  for (int failures = 1;; ++failures) {
    auto answer = co_await send(request);
    const bool again = answer ? is_transient_status(answer->status) : is_transient(answer.error());
    if (!again || stopped() || failures >= std::min(kCallAttemptsMax, limits_.attempts_max)) co_return answer;
    co_await back_off(failures);
  }
}

Task<> RegistrySession::back_off(int failures) {
  auto left = std::min(limits_.retry_delay * (1 << std::min(failures - 1, 16)), limits_.retry_delay_max);
  asio::steady_timer timer(executor_);
  while (left.count() > 0 && !stopped()) {
    const auto step = std::min(left, limits_.tick);
    left -= step;
    timer.expires_after(step);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

bool is_transient(const Error& error) {
  return error.code() == ErrorCode::unavailable || error.code() == ErrorCode::deadline_exceeded;
}

bool is_transient_status(int status) { return status == 408 || status == 429 || (status >= 500 && status != 501); }

Error error_of(const std::string& action, const http::ClientResponse& response) {
  if (response.status == 404) return {ErrorCode::not_found, action + ": file does not exist"};
  const auto words = printable(registry_words(response.body));
  const auto text =
      action + ": the registry answers " + std::to_string(response.status) + (words.empty() ? "" : ": " + words);
  if (response.status == 401 || response.status == 403)
    return {ErrorCode::forbidden, text + " (it may need a log-in in registry_credentials)"};
  return {is_transient_status(response.status) ? ErrorCode::unavailable : ErrorCode::unsupported, text};
}

}  // namespace fragua::models
