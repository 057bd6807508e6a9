#include "models/registry/origin.h"

#include <algorithm>
#include <charconv>

#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::size_t kUrlMaxBytes = 8192;

bool is_clean(std::string_view url) {
  return url.size() <= kUrlMaxBytes && std::all_of(url.begin(), url.end(), [](unsigned char c) {
           return c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>';
         });
}

std::uint16_t default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

bool is_host(std::string_view host) {
  if (host.empty()) return false;
  const bool bracketed = host.front() == '[';
  if (bracketed != (host.back() == ']')) return false;
  const auto inside = bracketed ? host.substr(1, host.size() - 2) : host;
  return !inside.empty() && std::all_of(inside.begin(), inside.end(), [&](char c) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return word || c == '.' || (bracketed ? c == ':' : c == '-' || c == '_');
  });
}

// Where the port's colon is; npos without one. A colon inside brackets belongs to an IPv6 address.
std::size_t port_colon(std::string_view authority) {
  const auto colon = authority.rfind(':');
  const auto bracket = authority.rfind(']');
  return colon != std::string_view::npos && bracket != std::string_view::npos && colon < bracket
             ? std::string_view::npos
             : colon;
}

}  // namespace

std::string Origin::text() const {
  return scheme + "://" + host + (port == default_port(scheme) ? "" : ":" + std::to_string(port));
}

std::string Origin::host_port() const { return host + ":" + std::to_string(port); }

std::optional<Origin> origin_of(std::string_view url) {
  if (!is_clean(url)) return std::nullopt;
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  Origin origin{.scheme = lowercase(url.substr(0, scheme_end))};
  if (origin.scheme != "http" && origin.scheme != "https") return std::nullopt;
  auto authority = url.substr(scheme_end + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  origin.port = default_port(origin.scheme);
  const auto colon = port_colon(authority);
  if (colon != std::string_view::npos) {
    const auto port = port_number(authority.substr(colon + 1));
    if (!port) return std::nullopt;
    origin.port = *port;
    authority = authority.substr(0, colon);
  }
  origin.host = lowercase(authority);
  if (!is_host(origin.host)) return std::nullopt;
  return origin;
}

bool is_loopback(const Origin& origin) {
  if (origin.host == "localhost" || origin.host == "[::1]") return true;
  const auto parts = split(origin.host, '.');
  return parts.size() == 4 && parts[0] == "127" && std::all_of(parts.begin(), parts.end(), [](const auto& part) {
           const auto number = part.size() <= 3 ? port_number("1" + part) : std::nullopt;  // 1 before it: "0" is one
           return number && !part.empty() && (part.size() < 3 || part <= "255");
         });
}

std::optional<std::string> resolve_location(std::string_view base_url, std::string_view location) {
  if (!is_clean(location)) return std::nullopt;
  if (origin_of(location)) return std::string(location);
  const auto base = origin_of(base_url);
  if (!base || !location.starts_with('/') || location.starts_with("//")) return std::nullopt;
  return base->text() + std::string(location);
}

std::string with_query(std::string url, std::string_view name, std::string_view value) {
  url += url.find('?') == std::string::npos ? '?' : '&';
  return url + std::string(name) + "=" + percent_encoded(value);
}

}  // namespace fragua::models
