// Request and Response: what a handler sees of HTTP. Callers: api/ (and only api/ above http/). Threads: any.
// Header names compare without case. `path` is percent-decoded once and is UTF-8 without NUL; `target` is as received.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fragua::http {

enum class Method { get, head, post, put, patch, delete_, options, other };
std::string_view name_of(Method method);
Method method_of(std::string_view name);  // case matters, as HTTP has it

using Headers = std::vector<std::pair<std::string, std::string>>;

// The first header of that name, or "".
std::string_view find_header(const Headers& headers, std::string_view name);

struct Request {
  Method method = Method::get;
  std::string target;
  std::string path;
  std::multimap<std::string, std::string> query;
  std::map<std::string, std::string> parameters;  // filled by the router: "/v1/models/*model" -> model
  Headers headers;
  std::string peer_address;
  bool peer_is_loopback = false;
  std::uint16_t local_port = 0;
  bool is_tls = false;

  std::string_view header(std::string_view name) const { return find_header(headers, name); }
  // Takes a target apart into path and query. False if it is not one: wrong escapes, NUL or bytes that are not UTF-8.
  bool set_target(std::string text);
};

struct Response {
  // Declared so that this is no aggregate: gcc 12 frees an aggregate made inside a co_await expression twice.
  Response() = default;

  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  Headers headers;
};

std::string_view reason_of(int status);

}  // namespace fragua::http
