#include "http/url.h"

#include <doctest/doctest.h>

#include <array>

using namespace fragua::http;

TEST_CASE("url: an origin is scheme, host and port, however they are written") {
  CHECK(Url::parse("https://Example.COM/path").origin() == "https://example.com:443");
  CHECK(Url::parse("http://example.com:80").origin() == "http://example.com:80");
  CHECK(Url::parse("HTTP://[::1]:8080/x").origin() == "http://[::1]:8080");
  CHECK(Url::parse("https://example.com").has_default_port());
  CHECK_FALSE(Url::parse("https://example.com:80").has_default_port());
}

TEST_CASE("url: a location leads on from where it was seen") {
  const auto base = Url::parse("https://example.com:8443/a/b?x=1");
  const std::array<std::pair<const char*, const char*>, 6> rows{{
      {"/c", "https://example.com:8443/c"},
      {"c", "https://example.com:8443/a/c"},
      {"../c?d=e", "https://example.com:8443/c?d=e"},
      {"?y", "https://example.com:8443/a/b?y"},
      {"//other/c", "https://other/c"},
      {"http://other:81/c", "http://other:81/c"},
  }};
  for (const auto& [location, expected] : rows) CHECK(base.resolve(location).text() == expected);
}
