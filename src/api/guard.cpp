#include "api/guard.h"

#include <algorithm>
#include <cctype>

#include "api/activity.h"
#include "api/admission.h"
#include "api/metrics.h"
#include "api/web_app.h"
#include "base/ids.h"
#include "base/strings.h"
#include "models/store.h"

namespace fragua::api {

namespace {

constexpr std::size_t kRequestedHeadersMax = 2048;

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1" || host == "[::1]" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

// "host:port" without its port. What follows the colon must be one: "localhost:80@evil.example" is not localhost.
std::string host_of(std::string_view authority) {
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket) &&
                        authority.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
  return lowercase(has_port ? authority.substr(0, colon) : authority);
}

std::string host_of_origin(std::string_view origin) {
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos ? std::string() : host_of(origin.substr(scheme + 3));
}

// Of programs on somebody's own desktop, which no web page can claim. Ollama lets them in too.
constexpr std::string_view kDesktopOrigins[] = {"app://*", "tauri://*", "vscode-webview://*", "vscode-file://*"};

// One star stands for any text: "chrome-extension://*", "*".
bool matches_origin(std::string_view pattern, std::string_view origin) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return equal_ignoring_case(pattern, origin);
  const auto head = pattern.substr(0, star), tail = pattern.substr(star + 1);
  return origin.size() >= head.size() + tail.size() && equal_ignoring_case(origin.substr(0, head.size()), head) &&
         equal_ignoring_case(origin.substr(origin.size() - tail.size()), tail);
}

Dialect dialect_of(std::string_view path) {
  if (path == "/v1/messages" || path.starts_with("/v1/messages/")) return Dialect::anthropic;
  if (path.starts_with("/v1/")) return Dialect::openai;
  return path.starts_with("/api/v1/") ? Dialect::native : Dialect::ollama;
}

std::string new_request_id(const Services& services) { return "req_" + id_text(services.random(), 12); }

constexpr std::string_view kTlsForAYear = "max-age=31536000";

// A browser would open a window of its own for Basic; other clients wait to be asked before they send it.
std::string challenge_for(const http::Request& request) {
  return request.header("User-Agent").starts_with("Mozilla/") ? "Bearer" : "Bearer, Basic realm=\"Fragua\", charset=\"UTF-8\"";
}

void add_common(http::Headers& headers, bool is_secure, Dialect dialect, const std::string& id) {
  if (is_secure) headers.emplace_back("Strict-Transport-Security", kTlsForAYear);
  headers.emplace_back("X-Request-Id", id);
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (dialect == Dialect::anthropic) headers.emplace_back("request-id", id);  // where its clients look for it
}

// A list of header names, as a browser asks for it.
bool is_header_list(std::string_view text) {
  return text.size() <= kRequestedHeadersMax &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == ',' || c == ' '; });
}

}  // namespace

Guard::Guard(Routes routes, Services services) : routes_(std::move(routes)), services_(std::move(services)) {
  for (std::size_t i = 0; i < routes_.size(); ++i) router_.add(routes_[i].method, routes_[i].path, i);
}

Task<> Guard::handle(http::Exchange& exchange) {
  auto& request = exchange.request();
  auto match = router_.find(request.method, request.path);
  if (!match.index || (is_app_page_load(request) && services_.assets("/index.html"))) {
    co_await answer_unrouted(exchange, std::move(match));
    co_return;
  }
  request.parameters = std::move(match.parameters);
  Call call{exchange, services_, routes_[*match.index], new_request_id(services_), cors_headers(request)};
  add_common(call.headers, services_.admission.is_secure(request), call.route.dialect, call.request_id);
  call.started = services_.clock.steady();
  co_await answer(call);
}

Task<> Guard::answer(Call& call) {
  std::optional<Error> error;
  services_.metrics.enter();
  try {
    check_host(call.request());
    check_origin(call.request());
    if (services_.draining && call.route.scope != Scope::open) throw Error(ErrorCode::overloaded, "the server is shutting down");
    co_await services_.admission.admit(call);
    co_await call.route.handler(call);
  } catch (const Error& thrown) {
    error = thrown;
  } catch (const std::bad_alloc&) {
    error = Error(ErrorCode::overloaded, "the server has no memory left for this request");
  } catch (const std::exception& thrown) {
    services_.log.error("request.bug", {{"request_id", call.request_id}, {"path", call.route.path}, {"what", thrown.what()}});
    error = Error(ErrorCode::internal, "internal error; the log has the details under " + call.request_id);
  }
  co_await charge(call);
  if (error) co_await refuse(call, *error);
  log(call, error ? error->what() : std::string_view());
}

// Also of an answer that broke off, as far as it went.
Task<> Guard::charge(Call& call) {
  try {
    co_await services_.admission.charge(call);
  } catch (const Error& error) {
    services_.log.warn("request.not_charged", {{"request_id", call.request_id}, {"why", error.what()}});
  }
}

// Before the first byte: the status that fits. After it: a last line or event that says what happened, then the end.
Task<> Guard::refuse(Call& call, Error error) {
  auto answer = describe_error(call.route.dialect, error);
  call.status = answer.status;
  // A client that only closed its sending side still reads what was wrong.
  if (error.code() == ErrorCode::cancelled) co_return;
  try {
    if (!call.exchange.begun()) {
      http::Response response;
      response.status = answer.status;
      response.body = to_json(answer.body);
      response.headers = call.headers;
      if (error.code() == ErrorCode::overloaded || error.code() == ErrorCode::rate_limited)
        response.headers.emplace_back("Retry-After", std::to_string(error.retry_after().count()));
      if (error.code() == ErrorCode::unauthorized) response.headers.emplace_back("WWW-Authenticate", challenge_for(call.request()));
      co_await call.exchange.reply(std::move(response));
      co_return;
    }
    // Named: gcc 12 destroys temporaries of a conditional inside a co_await expression twice.
    auto data = to_json(answer.body);
    std::string type;
    if (call.route.dialect == Dialect::anthropic) type = "error";
    if (call.route.answer == Answer::ndjson) co_await call.line(answer.body);
    else co_await call.event(std::move(data), std::move(type));
    if (call.route.dialect == Dialect::openai) co_await call.event("[DONE]");
    co_await call.end();
  } catch (const Error&) {
    call.status = status_of(ErrorCode::cancelled);  // the client left while it was told
  }
}

Task<> Guard::answer_unrouted(http::Exchange& exchange, http::RouteMatch match) {
  const auto& request = exchange.request();
  if (auto page = web_app_answer(request, services_.assets); page && match.allowed.empty() && is_our_host(request)) {
    if (services_.admission.is_secure(request)) page->headers.emplace_back("Strict-Transport-Security", kTlsForAYear);
    co_await exchange.reply(std::move(*page));
    co_return;
  }
  const auto dialect = dialect_of(request.path);
  const auto request_id = new_request_id(services_);
  http::Response response;
  response.headers = cors_headers(request);
  add_common(response.headers, services_.admission.is_secure(request), dialect, request_id);
  if (request.method == http::Method::options && !match.allowed.empty()) {
    response.status = 204;
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS");
    // Clients send many of their own (x-stainless-…): the origin decides, not the names.
    const auto wanted = request.header("Access-Control-Request-Headers");
    response.headers.emplace_back("Access-Control-Allow-Headers", is_header_list(wanted) ? std::string(wanted) : "");
    response.headers.emplace_back("Access-Control-Max-Age", "3600");
    co_await exchange.reply(std::move(response));
    co_return;
  }
  const bool known = !match.allowed.empty();
  const Error error(known ? ErrorCode::method_not_allowed : ErrorCode::not_found, known ? "method not allowed" : "404 page not found");
  auto answer = describe_error(dialect, error);
  response.status = answer.status;
  response.body = to_json(answer.body);
  if (known) {
    std::string allowed;
    for (const auto method : match.allowed) allowed += (allowed.empty() ? "" : ", ") + std::string(http::name_of(method));
    response.headers.emplace_back("Allow", allowed);
  }
  services_.metrics.count_unrouted(response.status);
  // Not the path: what is no route of ours may be anything, a key in the wrong place too.
  services_.log.info("request", {{"request_id", request_id}, {"method", http::name_of(request.method)}, {"path", ""}, {"status", response.status}});
  co_await exchange.reply(std::move(response));
}

// Against DNS rebinding: whoever reaches us over loopback must have called us by a loopback name.
bool Guard::is_our_host(const http::Request& request) const {
  const auto host = host_of(request.header("Host"));
  if (!request.peer_is_loopback || host.empty() || is_loopback_name(host)) return true;
  return std::any_of(services_.hosts.begin(), services_.hosts.end(), [&](const auto& name) { return equal_ignoring_case(name, host); });
}

void Guard::check_host(const http::Request& request) const {
  if (!is_our_host(request)) throw Error(ErrorCode::forbidden, "this host name is not served here; behind a proxy, add it to \"hosts\" in the configuration");
}

void Guard::check_origin(const http::Request& request) const {
  const auto origin = request.header("Origin");
  if (!origin.empty() && cors_headers(request).empty())
    throw Error(ErrorCode::forbidden, "this origin may not call; add it to allowed_origins in the configuration");
}

http::Headers Guard::cors_headers(const http::Request& request) const {
  const auto origin = request.header("Origin");
  if (origin.empty()) return {};
  const auto scheme = origin.find("://");
  const bool own = scheme != std::string_view::npos && equal_ignoring_case(origin.substr(scheme + 3), request.header("Host"));
  const auto matches = [&](std::string_view pattern) { return matches_origin(pattern, origin); };
  const bool allowed = own || is_loopback_name(host_of_origin(origin)) || std::ranges::any_of(kDesktopOrigins, matches) ||
                       std::ranges::any_of(services_.allowed_origins, matches);
  if (!allowed) return {};
  return {{"Access-Control-Allow-Origin", std::string(origin)}, {"Vary", "Origin"}};
}

void Guard::log(Call& call, std::string_view error) {
  const auto took = services_.clock.steady() - call.started;
  // A label is kept for ever, so clients must not invent them: a model's name as the store spells it, and nothing else.
  const auto name = models::ModelName::parse(call.model);
  const auto stored = name ? services_.store.stored_name(*name) : std::nullopt;
  services_.metrics.leave({stored ? stored->display() : "", call.status, std::chrono::duration<double>(took).count(), double(call.first_token_ns) / 1e9,
                           call.prompt_tokens, call.cached_tokens, call.answer_tokens});
  services_.log.info("request", {{"request_id", call.request_id}, {"method", http::name_of(call.route.method)},
                                 {"path", call.route.path}, {"status", call.status}, {"model", name ? name->display() : ""},
                                 {"duration_ms", double(took / std::chrono::microseconds(1)) / 1000},
                                 {"prompt_tokens", call.prompt_tokens}, {"cached_tokens", call.cached_tokens},
                                 {"answer_tokens", call.answer_tokens}, {"user", call.identity.user_name}, {"error", error}});
  services_.activity.note({services_.clock.steady(), services_.clock.system(), call.request_id, std::string(call.route.path), stored ? stored->display() : "",
                           std::string(error), call.status, call.prompt_tokens, call.cached_tokens, call.answer_tokens, double(call.first_token_ns) / 1e6});
}

}  // namespace fragua::api
