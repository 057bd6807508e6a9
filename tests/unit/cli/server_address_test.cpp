#include "cli/server_address.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua::cli;

TEST_CASE("server address: every form that Ollama's clients accept") {
  struct Case {
    const char* text;
    const char* url;
    bool loopback;
  };
  const Case cases[] = {{"example.org", "http://example.org:11434", false},
                        {"example.org:8080", "http://example.org:8080", false},
                        {"https://example.org", "https://example.org:443", false},
                        {"http://example.org", "http://example.org:80", false},
                        {"https://example.org:8443/fragua/", "https://example.org:8443/fragua", false},
                        {"127.0.0.1", "http://127.0.0.1:11434", true},
                        {" localhost:3000 ", "http://localhost:3000", true},
                        {":3000", "http://127.0.0.1:3000", true},
                        {"0.0.0.0", "http://127.0.0.1:11434", true},
                        {"0.0.0.0:5000", "http://127.0.0.1:5000", true},
                        {"[::1]:3000", "http://[::1]:3000", true},
                        {"::1", "http://[::1]:11434", true},
                        {"[::]", "http://[::1]:11434", true}};
  for (const auto& [text, url, loopback] : cases) {
    const auto address = parse_server_address(text);
    CHECK(address.url() == url);
    CHECK_MESSAGE(address.loopback == loopback, text);
    CHECK_FALSE(address.is_default);
  }
}

TEST_CASE("server address: what cannot be one is refused") {
  for (const auto* text :
       {"ftp://host", "host:", "host:0", "host:70000", "host:x", "a b", "user@host", "[::1", "[::1]x"})
    CHECK_THROWS_AS(parse_server_address(text), fragua::Error);
}

TEST_CASE("server address: the flag, then FRAGUA_HOST, then OLLAMA_HOST, then this machine") {
  Environment environment;
  CHECK(find_server_address("", environment).url() == "http://127.0.0.1:11434");
  CHECK(find_server_address("", environment).is_default);
  environment.variables["OLLAMA_HOST"] = "one";
  CHECK(find_server_address("", environment).host == "one");
  environment.variables["FRAGUA_HOST"] = "two";
  CHECK(find_server_address("", environment).host == "two");
  CHECK(find_server_address("three", environment).host == "three");
}
