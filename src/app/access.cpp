#include "app/access.h"

#include <algorithm>

#include "base/error.h"

namespace fragua::app {

namespace {

std::optional<std::int64_t> limit_of(const Settings& settings, std::string_view key) {
  const auto value = integer_of(settings, key);
  return value > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

accounts::SignUp sign_up_mode(const Settings& settings) {
  const auto word = text_of(settings, "sign_up");
  if (word == "closed") return accounts::SignUp::closed;
  if (word == "pending") return accounts::SignUp::pending;
  if (word == "open") return accounts::SignUp::open;
  throw Error(ErrorCode::invalid_argument, "sign_up must be closed, pending or open, not \"" + word + "\"");
}

api::AdmissionOptions admission_options(const Settings& settings) {
  api::AdmissionOptions options;
  const auto listened = list_of(settings, "listen");
  for (const auto& address : list_of(settings, "anonymous")) {
    if (std::find(listened.begin(), listened.end(), address) == listened.end())
      throw Error(ErrorCode::invalid_argument, "anonymous names " + address + ", which is not in listen");
    const auto parsed = http::parse_listen_address(address);
    if (!parsed.loopback)
      throw Error(ErrorCode::invalid_argument, "anonymous names " + address + ": only loopback addresses (127.0.0.1, [::1]) can be open to everybody");
    options.anonymous_ports.push_back(parsed.port);
  }
  options.trusted_proxies = api::Networks(list_of(settings, "trusted_proxies"));
  options.user_limits.requests_per_minute = limit_of(settings, "requests_per_minute");
  options.user_limits.tokens_per_minute = limit_of(settings, "tokens_per_minute");
  options.user_limits.tokens_per_day = limit_of(settings, "tokens_per_day");
  options.address_limits.requests_per_minute = limit_of(settings, "address_requests_per_minute");
  options.address_limits.tokens_per_minute = limit_of(settings, "address_tokens_per_minute");
  return options;
}

void check_loopback_only(const Settings& settings) {
  for (const auto& address : list_of(settings, "listen"))
    if (!http::parse_listen_address(address).loopback)
      throw Error(ErrorCode::forbidden, "refusing to listen on " + address + " before there is an administrator: start on 127.0.0.1, open the app there and make one first");
}

}  // namespace fragua::app
