#include "cli/server_address.h"

#include <charconv>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::cli {

namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw Error(
      ErrorCode::invalid_argument,
      "\"" + std::string(text) + "\" is not the address of a server; write HOST, HOST:PORT or http://HOST:PORT");
}

std::uint16_t parse_port(std::string_view digits, std::string_view whole) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port == 0) refuse(whole);
  return port;
}

bool is_loopback(std::string_view host) {
  return equal_ignoring_case(host, "localhost") || host.starts_with("127.") || host == "::1";
}

// Removes "scheme://" and returns the scheme, with the port that goes with it.
std::string take_scheme(std::string_view& rest, std::uint16_t& port, std::string_view whole) {
  const auto mark = rest.find("://");
  if (mark == std::string_view::npos) return "http";
  const auto scheme = lowercase(rest.substr(0, mark));
  if (scheme != "http" && scheme != "https") refuse(whole);
  port = scheme == "https" ? 443 : 80;
  rest.remove_prefix(mark + 3);
  return scheme;
}

// "host", "host:port", "[v6]", "[v6]:port", "v6" -> the host; what follows it stays in `rest`.
std::string take_host(std::string_view& rest, std::string_view whole) {
  const bool bracketed = rest.starts_with('[');
  const bool bare_v6 = !bracketed && rest.find(':') != rest.rfind(':');
  const auto end = bracketed ? rest.find(']') : bare_v6 ? rest.size() : std::min(rest.find(':'), rest.size());
  if (end == std::string_view::npos) refuse(whole);
  std::string host(rest.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end));
  rest.remove_prefix(bracketed ? end + 1 : end);
  if (host.find_first_of(" @?#") != std::string::npos) refuse(whole);
  if (host == "0.0.0.0" || host.empty()) host = "127.0.0.1";
  if (host == "::") host = "::1";
  return host;
}

}  // namespace

std::string ServerAddress::url() const {
  const auto shown = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return scheme + "://" + shown + ":" + std::to_string(port) + path;
}

ServerAddress parse_server_address(std::string_view text) {
  ServerAddress address;
  auto rest = trimmed(text);
  address.scheme = take_scheme(rest, address.port, text);
  if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
    address.path = rest.substr(slash);
    rest = rest.substr(0, slash);
    while (address.path.ends_with('/')) address.path.pop_back();
  }
  address.host = take_host(rest, text);
  if (!rest.empty() && rest.front() != ':') refuse(text);
  if (!rest.empty()) address.port = parse_port(rest.substr(1), text);
  address.is_default = false;
  address.loopback = is_loopback(address.host);
  return address;
}

ServerAddress find_server_address(std::string_view host_flag, const Environment& environment) {
  if (!host_flag.empty()) return parse_server_address(host_flag);
  for (const auto* name : {"FRAGUA_HOST", "OLLAMA_HOST"})
    if (const auto set = environment.variable(name); !trimmed(set).empty()) return parse_server_address(set);
  return {};
}

}  // namespace fragua::cli
