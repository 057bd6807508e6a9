#include "api/call.h"

#include <charconv>

namespace fragua::api {

std::string Call::query_text(const std::string& name) {
  const auto found = request().query.find(name);
  return found == request().query.end() ? "" : found->second;
}

std::int64_t Call::query_integer(const std::string& name, std::int64_t fallback) {
  const auto text = query_text(name);
  if (text.empty()) return fallback;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw Error(ErrorCode::invalid_argument, "\"" + name + "\" must be an integer");
  return value;
}

Task<json::value> Call::body() {
  const auto text = co_await exchange.body(route.body_max_bytes);
  if (text.empty()) throw Error(ErrorCode::invalid_argument, "missing request body");
  co_return parse_json(text);
}

Task<> Call::reply(json::value value, int code) {
  status = code;
  http::Response response;
  response.status = code;
  response.body = to_json(value);
  response.headers = headers;
  co_await exchange.reply(std::move(response));
}

Task<> Call::reply_empty(int code) {
  status = code;
  http::Response response;
  response.status = code;
  response.headers = headers;
  co_await exchange.reply(std::move(response));
}

Task<> Call::begin(std::string content_type) {
  status = 200;
  auto all = headers;
  all.emplace_back("Cache-Control", "no-cache");
  co_await exchange.begin(200, std::move(content_type), std::move(all));
}

Task<> Call::line(json::value value) {
  if (!exchange.begun()) co_await begin("application/x-ndjson");
  co_await exchange.write(to_json(value) + "\n");
}

Task<> Call::event(std::string data, std::string type) {
  if (!exchange.begun()) co_await begin("text/event-stream");
  // Made beforehand: gcc 12 frees the temporaries of a conditional inside co_await even where they were never made.
  std::string text = type.empty() ? "" : "event: " + type + "\n";
  text += "data: " + data + "\n\n";
  co_await exchange.write(std::move(text));
}

Task<> Call::end() { co_await exchange.end(); }

void Call::count(const engine::Done& done) {
  prompt_tokens += done.prompt_tokens;
  cached_tokens += done.cached_tokens;
  answer_tokens += done.answer_tokens;
}

void Call::note_first_token() {
  if (first_token_ns == 0) first_token_ns = std::uint64_t((services.clock.steady() - started) / std::chrono::nanoseconds(1));
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument: return 400;
    case ErrorCode::unauthorized: return 401;
    case ErrorCode::forbidden: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::method_not_allowed: return 405;
    case ErrorCode::conflict: return 409;
    case ErrorCode::too_large: return 413;
    case ErrorCode::unsupported: return 400;
    case ErrorCode::overloaded: return 503;
    case ErrorCode::rate_limited: return 429;
    case ErrorCode::cancelled: return 499;
    case ErrorCode::deadline_exceeded: return 504;
    case ErrorCode::unavailable: return 502;
    case ErrorCode::storage_full: return 507;
    case ErrorCode::corrupt: return 500;
    case ErrorCode::internal: return 500;
  }
  return 500;
}

namespace {

std::string_view openai_type(int status) {
  if (status == 401) return "authentication_error";
  if (status == 403) return "permission_error";
  if (status == 404) return "not_found_error";
  if (status == 429) return "rate_limit_error";
  return status < 500 ? "invalid_request_error" : "api_error";
}

// The field that body::fail names: "n" must be …
json::value parameter_of(std::string_view message) {
  const auto end = message.find("\" must be ");
  if (!message.starts_with('"') || end == std::string_view::npos) return nullptr;
  return json::value(message.substr(1, end - 1));
}

std::string_view anthropic_type(int status) {
  if (status == 413) return "request_too_large";
  if (status == 503) return "overloaded_error";
  return openai_type(status);
}

}  // namespace

ErrorAnswer describe_error(Dialect dialect, const Error& error) {
  const int status = status_of(error.code());
  const std::string_view message = error.what();
  switch (dialect) {
    case Dialect::openai:
      return {status, {{"error", {{"message", message}, {"type", openai_type(status)}, {"param", parameter_of(message)}, {"code", name_of(error.code())}}}}};
    case Dialect::anthropic:
      return {status, {{"type", "error"}, {"error", {{"type", anthropic_type(status)}, {"message", message}}}}};
    case Dialect::native: return {status, {{"error", {{"code", name_of(error.code())}, {"message", message}}}}};
    case Dialect::ollama: break;
  }
  return {status, {{"error", message}}};
}

}  // namespace fragua::api
