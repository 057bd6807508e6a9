#include "http/message.h"

#include <array>

#include "base/strings.h"

namespace fragua::http {

namespace {

constexpr std::array kMethods{
    std::pair{Method::get, std::string_view("GET")},         std::pair{Method::head, std::string_view("HEAD")},
    std::pair{Method::post, std::string_view("POST")},       std::pair{Method::put, std::string_view("PUT")},
    std::pair{Method::patch, std::string_view("PATCH")},     std::pair{Method::delete_, std::string_view("DELETE")},
    std::pair{Method::options, std::string_view("OPTIONS")},
};

constexpr std::array kReasons{
    std::pair{100, std::string_view("Continue")},
    std::pair{101, std::string_view("Switching Protocols")},
    std::pair{200, std::string_view("OK")},
    std::pair{201, std::string_view("Created")},
    std::pair{202, std::string_view("Accepted")},
    std::pair{204, std::string_view("No Content")},
    std::pair{206, std::string_view("Partial Content")},
    std::pair{301, std::string_view("Moved Permanently")},
    std::pair{302, std::string_view("Found")},
    std::pair{303, std::string_view("See Other")},
    std::pair{304, std::string_view("Not Modified")},
    std::pair{307, std::string_view("Temporary Redirect")},
    std::pair{308, std::string_view("Permanent Redirect")},
    std::pair{400, std::string_view("Bad Request")},
    std::pair{401, std::string_view("Unauthorized")},
    std::pair{403, std::string_view("Forbidden")},
    std::pair{404, std::string_view("Not Found")},
    std::pair{405, std::string_view("Method Not Allowed")},
    std::pair{406, std::string_view("Not Acceptable")},
    std::pair{408, std::string_view("Request Timeout")},
    std::pair{409, std::string_view("Conflict")},
    std::pair{410, std::string_view("Gone")},
    std::pair{411, std::string_view("Length Required")},
    std::pair{412, std::string_view("Precondition Failed")},
    std::pair{413, std::string_view("Content Too Large")},
    std::pair{414, std::string_view("URI Too Long")},
    std::pair{415, std::string_view("Unsupported Media Type")},
    std::pair{416, std::string_view("Range Not Satisfiable")},
    std::pair{417, std::string_view("Expectation Failed")},
    std::pair{421, std::string_view("Misdirected Request")},
    std::pair{422, std::string_view("Unprocessable Content")},
    std::pair{429, std::string_view("Too Many Requests")},
    std::pair{431, std::string_view("Request Header Fields Too Large")},
    std::pair{499, std::string_view("Client Closed Request")},
    std::pair{500, std::string_view("Internal Server Error")},
    std::pair{501, std::string_view("Not Implemented")},
    std::pair{502, std::string_view("Bad Gateway")},
    std::pair{503, std::string_view("Service Unavailable")},
    std::pair{504, std::string_view("Gateway Timeout")},
    std::pair{507, std::string_view("Insufficient Storage")},
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = char(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Strict, unlike percent_decoded: an escape that is none is refused, so that no two parsers see two paths.
std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0) return std::nullopt;
    result += char(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  if (result.find('\0') != std::string::npos || !is_valid_utf8(result)) return std::nullopt;
  return result;
}

bool read_query(std::string_view text, std::multimap<std::string, std::string>& query) {
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto key = decoded(pair.substr(0, equals), true);
    auto value = decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!key || !value) return false;
    query.emplace(std::move(*key), std::move(*value));
  }
  return true;
}

// "http://host/path" is the form for proxies; what follows its authority counts.
std::string_view without_origin(std::string_view target) {
  const auto scheme_end = target.find("://");
  if (target.starts_with('/') || scheme_end == std::string_view::npos) return target;
  const auto path = target.find_first_of("/?", scheme_end + 3);
  return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

}  // namespace

std::string_view name_of(Method method) {
  for (const auto& [known, name] : kMethods)
    if (known == method) return name;
  return "OTHER";
}

Method method_of(std::string_view name) {
  for (const auto& [method, known] : kMethods)
    if (known == name) return method;
  return Method::other;
}

std::string_view find_header(const Headers& headers, std::string_view name) {
  for (const auto& [known, value] : headers)
    if (known.size() == name.size() && equal_ignoring_case(known, name)) return value;
  return {};
}

bool Request::set_target(std::string text) {
  target = std::move(text);
  query.clear();
  const auto local = without_origin(target);
  const auto question = local.find('?');
  auto decoded_path = decoded(local.substr(0, question), false);
  if (!decoded_path || (!decoded_path->starts_with('/') && *decoded_path != "*" && !decoded_path->empty()))
    return false;
  path = decoded_path->empty() ? "/" : std::move(*decoded_path);
  return question == std::string_view::npos || read_query(local.substr(question + 1), query);
}

std::string_view reason_of(int status) {
  for (const auto& [known, reason] : kReasons)
    if (known == status) return reason;
  return status < 400 ? "OK" : "Error";
}

}  // namespace fragua::http
