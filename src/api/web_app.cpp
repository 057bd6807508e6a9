#include "api/web_app.h"

namespace fragua::api {

namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

bool is_api_path(std::string_view path) {
  return path == "/api" || path.starts_with("/api/") || path == "/v1" || path.starts_with("/v1/");
}

http::Response answer_of(const Asset& asset, std::string_view cache) {
  http::Response response;
  response.content_type = asset.content_type;
  response.body = asset.bytes;
  response.headers = {{"Content-Encoding", "gzip"}, {"Cache-Control", std::string(cache)}, {"X-Content-Type-Options", "nosniff"}};
  return response;
}

}  // namespace

bool is_app_page_load(const http::Request& request) {
  return request.method == http::Method::get && request.path == "/models" && request.header("Accept").find("text/html") != std::string_view::npos;
}

std::optional<http::Response> web_app_answer(const http::Request& request, const Assets& assets) {
  const bool reads = request.method == http::Method::get || request.method == http::Method::head;
  if (!reads || is_api_path(request.path)) return std::nullopt;
  if (const auto asset = assets(request.path); asset && request.path != "/index.html")
    // Names under /assets hold a digest of their content.
    return answer_of(*asset, request.path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("Accept").find("text/html") == std::string_view::npos) return std::nullopt;
  const auto page = assets("/index.html");
  if (!page) return std::nullopt;
  auto response = answer_of(*page, "no-cache");
  response.headers.emplace_back("Content-Security-Policy", std::string(kPolicy));
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  return response;
}

}  // namespace fragua::api
