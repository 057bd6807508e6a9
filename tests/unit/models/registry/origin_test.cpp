#include "models/registry/origin.h"

#include <doctest/doctest.h>

using namespace fragua::models;

TEST_CASE("origin: scheme, host and port, the port filled in and the host in lower case") {
  struct Case {
    const char* url;
    const char* origin;  // empty: none
  };
  const Case cases[] = {
      {"https://registry.example/v2/", "https://registry.example:443"},
      {"HTTP://LocalHost:5000/v2/?a=b", "http://localhost:5000"},
      {"http://[::1]:5000/x", "http://[::1]:5000"},
      {"http://[::1]/x", "http://[::1]:80"},
      {"https://a.example:443#f", "https://a.example:443"},
      {"https:"
       "//a.example?x",
       "https://a.example:443"},
      {"ftp://a.example/", ""},
      {"//a.example/", ""},
      {"/v2/", ""},
      {"", ""},
      {"https://", ""},
      {"https:///path", ""},
      {"https://a.example:0/", ""},
      {"https://a.example:65536/", ""},
      {"https://a.example:/", ""},
      {"https://a.example:5000x/", ""},
      {"https:"
       "//user@a.example/",
       ""},
      {"https://user:password@a.example/", ""},
      {"https://a.example\\@b.example/", ""},
      {"https://a.example\r\nHost: b", ""},
      {"https://a example/", ""},
      {"https://[::1/", ""},
      {"https://::1]/", ""},
      {"https:"
       "//a.example%2f/",
       ""},
      {"https://\xc3\xa1.example/", ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.url);
    const auto origin = origin_of(one.url);
    CHECK((origin ? origin->scheme + "://" + origin->host_port() : "") == one.origin);
  }
}

TEST_CASE("origin: written without the port that the scheme has anyway") {
  CHECK(origin_of("https://a.example:443/x")->text() == "https://a.example");
  CHECK(origin_of("http://a.example:443/x")->text() == "http://a.example:443");
}

TEST_CASE("origin: loopback is told by its text, and only exact forms count") {
  for (const char* host : {"localhost", "127.0.0.1", "127.255.255.255", "[::1]", "LOCALHOST:5000"})
    CHECK_MESSAGE(is_loopback(*origin_of(std::string("http://") + host)), host);
  for (const char* host : {"127.0.0.1.example", "127.1", "128.0.0.1", "127.0.0.256", "127.0.0.", "127.0.0.x",
                           "localhost.example", "example", "[::2]", "10.0.0.1", "0.0.0.0"})
    CHECK_MESSAGE(!is_loopback(*origin_of(std::string("http://") + host)), host);
}

TEST_CASE("origin: a location is absolute or a path of the same origin, nothing else") {
  const std::string base = "https://a.example:5000/v2/x/blobs/uploads/?y";
  CHECK(resolve_location(base, "/v2/next?_state=1") == "https://a.example:5000/v2/next?_state=1");
  CHECK(resolve_location(base, "https://b.example/z") == "https://b.example/z");
  for (const char* location : {"", "next", "//b.example/z", "ftp://b.example/", "/a\r\nX: y", "/a b", "javascript:x"})
    CHECK_MESSAGE(!resolve_location(base, location), location);
}

TEST_CASE("origin: a query parameter is added to what is there, encoded") {
  CHECK(with_query("https://a/x", "digest", "sha256:ab") == "https://a/x?digest=sha256%3Aab");
  CHECK(with_query("https://a/x?y=1", "scope", "a b&c") == "https://a/x?y=1&scope=a%20b%26c");
}
