#include "api/admission.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::api {

namespace {

using accounts::Scope;

constexpr std::string_view kCookie = "fragua_session";
constexpr std::size_t kSecretMaxBytes = 512;
constexpr int kCookieSeconds = 30 * 24 * 3600;

accounts::Identity anonymous() {
  accounts::Identity identity;
  identity.scopes = {Scope::infer, Scope::embed, Scope::models_read, Scope::models_write, Scope::documents, Scope::catalogue};
  return identity;
}

// The scheme's parameter if the header has this scheme ("Bearer x" -> "x").
std::string_view after_scheme(std::string_view header, std::string_view scheme) {
  if (header.size() <= scheme.size() || !equal_ignoring_case(header.substr(0, scheme.size()), scheme) || header[scheme.size()] != ' ') return {};
  return trimmed(header.substr(scheme.size()));
}

Secret presented_key(const http::Request& request) {
  const auto header = request.header("Authorization");
  auto key = std::string(after_scheme(header, "Bearer"));
  if (key.empty()) key = request.header("x-api-key");
  if (key.empty()) {
    // Its user name says nothing: a key knows whose it is.
    const auto basic = from_base64(after_scheme(header, "Basic")).value_or("");
    if (const auto colon = basic.find(':'); colon != std::string::npos) key = basic.substr(colon + 1);
  }
  return Secret(key.substr(0, kSecretMaxBytes));
}

Secret session_token(const http::Request& request) {
  for (const auto& part : split(request.header("Cookie"), ';')) {
    const auto pair = trimmed(part);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == kCookie) return Secret(std::string(pair.substr(equals + 1, kSecretMaxBytes)));
  }
  return Secret();
}

// Our own pages, or no page at all. SameSite=Strict keeps other sites away; this keeps away other ports of this machine.
bool is_same_origin(const http::Request& request) {
  const auto site = request.header("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const auto origin = request.header("Origin");
  if (origin.empty()) return true;
  const auto scheme = origin.find("://");
  return scheme != std::string_view::npos && equal_ignoring_case(origin.substr(scheme + 3), request.header("Host"));
}

accounts::Limits or_default(accounts::Limits own, const accounts::Limits& fallback) {
  if (!own.requests_per_minute) own.requests_per_minute = fallback.requests_per_minute;
  if (!own.tokens_per_minute) own.tokens_per_minute = fallback.tokens_per_minute;
  if (!own.tokens_per_day) own.tokens_per_day = fallback.tokens_per_day;
  return own;
}

[[noreturn]] void refuse(const Call& call) {
  const auto needed = std::string(accounts::name_of(call.route.scope));
  if (!call.identity.known())
    throw Error(ErrorCode::unauthorized, "credentials are needed: sign in, or send an API key as \"Authorization: Bearer sk-…\"");
  if (call.identity.role == accounts::Role::pending) throw Error(ErrorCode::forbidden, "an administrator has to approve this account first");
  if (call.route.scope == Scope::account) throw Error(ErrorCode::forbidden, "this needs a signed-in person, not an API key");
  if (!call.identity.key_id.empty()) throw Error(ErrorCode::forbidden, "this API key has not the scope \"" + needed + "\"");
  throw Error(ErrorCode::forbidden, "your account may not do this: it needs the scope \"" + needed + "\"");
}

}  // namespace

Admission::Admission(AdmissionOptions options, accounts::Accounts& accounts, db::Store& store, const Clock& clock)
    : options_(std::move(options)), accounts_(accounts), store_(store), clock_(clock), limiter_(clock) {}

bool Admission::is_trusted_proxy(const http::Request& request) const {
  return options_.trusted_proxies.contains(request.peer_address);
}

bool Admission::is_secure(const http::Request& request) const {
  return request.is_tls || (is_trusted_proxy(request) && equal_ignoring_case(request.header("X-Forwarded-Proto"), "https"));
}

// A proxy on this machine is not this machine: what it forwards never counts as loopback, believed or not.
accounts::Client Admission::client_of(http::Request& request) const {
  const auto forwarded = request.header("X-Forwarded-For");
  const bool through_proxy = !forwarded.empty() || !request.header("Forwarded").empty();
  accounts::Client client{request.peer_address, std::string(request.header("User-Agent")), request.peer_is_loopback && !through_proxy};
  if (!is_trusted_proxy(request)) return client;
  // The last that is not one of our proxies: everything before it may be made up.
  const auto hops = split(forwarded, ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const std::string address(trimmed(*hop));
    if (address.empty() || options_.trusted_proxies.contains(address)) continue;
    client.address = address;
    break;
  }
  return client;
}

Task<accounts::Identity> Admission::identify(http::Request& request, bool loopback) {
  if (auto key = presented_key(request); !key.empty()) {
    auto identity = co_await accounts_.identify_key(std::move(key));
    if (identity) co_return std::move(*identity);
  } else if (auto token = session_token(request); !token.empty() && is_same_origin(request)) {
    auto identity = co_await accounts_.identify_session(std::move(token));
    if (identity) co_return std::move(*identity);
  }
  const auto& ports = options_.anonymous_ports;
  const bool opened = loopback && std::find(ports.begin(), ports.end(), request.local_port) != ports.end();
  co_return opened ? anonymous() : accounts::Identity();
}

std::vector<Admission::Subject> Admission::subjects_of(const Call& call) const {
  std::vector<Subject> subjects;
  subjects.push_back({"address " + call.client.address, options_.address_limits});
  if (call.identity.known()) subjects.push_back({"user " + call.identity.user_id, or_default(call.identity.user_limits, options_.user_limits)});
  if (!call.identity.key_id.empty()) subjects.push_back({"key " + call.identity.key_id, call.identity.key_limits});
  return subjects;
}

std::int64_t Admission::today() const { return std::chrono::floor<std::chrono::days>(clock_.system()).time_since_epoch().count(); }

Task<> Admission::resume_day(std::string subject) {
  const auto find = [subject, day = today()](db::Connection& connection) { return accounts::Repository(connection).tokens_of_day(subject, day); };
  const auto tokens = co_await store_.read(find);
  limiter_.resume_day(subject, tokens);
}

Task<> Admission::admit(Call& call) {
  call.client = client_of(call.request());
  call.identity = co_await identify(call.request(), call.client.loopback);
  call.user = call.identity.user_id;
  if (!call.identity.scopes.has(call.route.scope)) refuse(call);
  if (call.route.scope == Scope::open) co_return;
  for (const auto& subject : subjects_of(call)) {
    if (subject.limits.tokens_per_day && !limiter_.knows_day(subject.name)) co_await resume_day(subject.name);
    limiter_.enter(subject.name, subject.limits);
  }
}

Task<> Admission::charge(Call& call) {
  const auto tokens = std::int64_t(call.prompt_tokens - std::min(call.cached_tokens, call.prompt_tokens) + call.answer_tokens);
  if (tokens <= 0) co_return;
  for (const auto& subject : subjects_of(call)) {
    limiter_.charge(subject.name, tokens);
    if (!subject.limits.tokens_per_day) continue;
    const auto add = [name = subject.name, day = today(), tokens](db::Connection& connection) {
      accounts::Repository(connection).add_tokens(name, day, tokens);
    };
    co_await store_.write(add);
  }
}

std::string Admission::session_cookie(http::Request& request, const Secret& token) const {
  std::string cookie = std::string(kCookie) + "=" + token.reveal() + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" +
                       std::to_string(token.empty() ? 0 : kCookieSeconds);
  if (is_secure(request)) cookie += "; Secure";
  return cookie;
}

}  // namespace fragua::api
