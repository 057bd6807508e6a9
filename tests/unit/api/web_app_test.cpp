#include "api/web_app.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::api;

namespace {

std::optional<Asset> files(std::string_view path) {
  if (path == "/index.html") return Asset{"page", "text/html"};
  if (path == "/assets/a-1.js") return Asset{"script", "text/javascript"};
  return std::nullopt;
}

std::optional<http::Response> get(const std::string& path, const std::string& accept = "text/html,*/*", http::Method method = http::Method::get) {
  http::Request request;
  request.method = method;
  request.path = path;
  request.headers = {{"Accept", accept}};
  return web_app_answer(request, files);
}

}  // namespace

TEST_CASE("web app: a browser gets the page at every address that is no API's, under a policy without inline scripts") {
  for (const auto* path : {"/", "/c/abc", "/settings/keys", "/index.html"}) {
    const auto answer = get(path);
    REQUIRE(answer.has_value());
    CHECK(answer->body == "page");
    const std::string policy(http::find_header(answer->headers, "Content-Security-Policy"));
    CHECK(policy.find("script-src 'self';") != std::string::npos);
    CHECK(policy.find("default-src 'none'") != std::string::npos);
  }
}

TEST_CASE("web app: /models is a page for browsers and a list for programs") {
  http::Request request;
  request.path = "/models";
  request.headers = {{"Accept", "text/html,*/*"}};
  CHECK(is_app_page_load(request));
  request.path = "/models/";
  CHECK_FALSE(is_app_page_load(request));
  request.path = "/models";
  request.headers = {{"Accept", "application/json"}};
  CHECK_FALSE(is_app_page_load(request));
}

TEST_CASE("web app: programs, APIs and other methods get no page") {
  CHECK_FALSE(get("/c/abc", "application/json").has_value());
  CHECK_FALSE(get("/", "*/*").has_value());
  for (const auto* path : {"/api/nothing", "/v1/nothing", "/api", "/v1"}) CHECK_FALSE(get(path).has_value());
  CHECK_FALSE(get("/c/abc", "text/html", http::Method::post).has_value());
}

TEST_CASE("web app: files whose name holds their digest may be kept for ever, the page not") {
  CHECK(http::find_header(get("/assets/a-1.js", "*/*")->headers, "Cache-Control").find("immutable") != std::string_view::npos);
  CHECK(http::find_header(get("/")->headers, "Cache-Control") == "no-cache");
  CHECK_FALSE(get("/assets/gone.js", "*/*").has_value());
}
