// Origin: scheme, host and port of a URL: what decides whether a credential may go along.
// Callers: endpoint, auth, uploads. Threads: any; pure.
// Anything doubtful is no origin: user names, control characters, backslashes, other schemes, ports that are none.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fragua::models {

struct Origin {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; IPv6 in brackets
  std::uint16_t port = 0;

  bool operator==(const Origin&) const = default;
  std::string text() const;       // "https://host", with the port where it is not the scheme's own
  std::string host_port() const;  // "host:port", always with the port
};

std::optional<Origin> origin_of(std::string_view url);
// "localhost", 127.0.0.0/8, [::1]. Names are not resolved.
bool is_loopback(const Origin& origin);
// A Location header against the URL it answers: absolute, or a path on the same origin. Nothing for anything else.
std::optional<std::string> resolve_location(std::string_view base_url, std::string_view location);
// Adds "name=value", percent-encoded, to the query.
std::string with_query(std::string url, std::string_view name, std::string_view value);

}  // namespace fragua::models
