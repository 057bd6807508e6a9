#include "models/registry/auth.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::models;

namespace {

Endpoint endpoint(const RegistryConfig& config) {
  return endpoint_of(ModelName::require("https://registry.example:5000/team/model:tag"), false, config);
}

RegistryConfig with_login() {
  RegistryConfig config;
  config.credentials["registry.example:5000"] = {.user = "ana", .password = Secret("geheim")};
  return config;
}

constexpr const char* kOwn = "https://registry.example:5000/v2/";

}  // namespace

TEST_CASE("auth: a static token goes to the registry's own origin and nowhere else") {
  RegistryConfig config;
  config.credentials["registry.example:5000"] = {.token = Secret("abc")};
  const Authenticator auth(endpoint(config), config);
  CHECK(auth.authorization_for(kOwn).reveal() == "Bearer abc");
  for (const char* other :
       {"http://registry.example:5000/v2/", "https://registry.example/v2/", "https://registry.example:5001/v2/",
        "https://registry.example:5000@evil.example/", "https://evil.example/registry.example:5000",
        "https://registry.example:5000.evil.example/", "https://xregistry.example:5000/", "not a url", ""})
    CHECK_MESSAGE(auth.authorization_for(other).empty(), other);
}

TEST_CASE("auth: without a credential nothing is sent, and a Basic challenge is an error that says what to do") {
  const RegistryConfig config;
  Authenticator auth(endpoint(config), config);
  CHECK(auth.authorization_for(kOwn).empty());
  const auto step = auth.answer("Basic realm=\"x\"");
  REQUIRE(!step);
  CHECK(step.error().code() == ErrorCode::forbidden);
  CHECK(std::string(step.error().what()).find("registry_credentials") != std::string::npos);
}

TEST_CASE("auth: Basic is answered at once") {
  const auto config = with_login();
  Authenticator auth(endpoint(config), config);
  CHECK(auth.authorization_for(kOwn).empty());  // not before it is asked for
  const auto step = auth.answer("Basic realm=\"x\"");
  REQUIRE(step);
  CHECK(!step->has_value());
  CHECK(auth.authorization_for(kOwn).reveal() == "Basic YW5hOmdlaGVpbQ==");
}

TEST_CASE("auth: a token is asked for at the registry's own origin, with the log-in and the challenge's words") {
  const auto config = with_login();
  Authenticator auth(endpoint(config), config);
  const auto step = auth.answer(
      R"(Bearer realm="https://registry.example:5000/token?x=1",service="reg",scope="repository:team/model:pull push")");
  REQUIRE(step);
  REQUIRE(step->has_value());
  CHECK((*step)->url ==
        "https://registry.example:5000/token?x=1&service=reg&scope=repository%3Ateam%2Fmodel%3Apull&scope=push");
  CHECK((*step)->authorization.reveal() == "Basic YW5hOmdlaGVpbQ==");
}

TEST_CASE("auth: a realm elsewhere gets no request at all unless it is configured") {
  for (const char* realm :
       {"https://evil.example/token", "http://registry.example:5000/token", "https://registry.example:5001/token",
        "https://registry.example/token", "https://registry.example:5000@evil.example/token", "//evil.example/token",
        "/token", "file:///etc/passwd", "https://evil.example\\registry.example:5000/", "", "http://127.0.0.1:80/"}) {
    auto config = with_login();
    Authenticator auth(endpoint(config), config);
    const auto step = auth.answer("Bearer realm=\"" + std::string(realm) + "\",service=\"x\"");
    CAPTURE(realm);
    REQUIRE(!step);
    CHECK(step.error().code() == ErrorCode::forbidden);
    CHECK(auth.authorization_for(kOwn).empty());
  }
  auto config = with_login();
  config.token_realms = {"https://tokens.example"};
  Authenticator auth(endpoint(config), config);
  REQUIRE(auth.answer("Bearer realm=\"https://tokens.example/token\""));
  CHECK(!auth.answer("Bearer realm=\"https://tokens.example:444/token\""));
}

TEST_CASE("auth: a token is believed only if it can stand in a header") {
  const RegistryConfig config;
  Authenticator auth(endpoint(config), config);
  for (const std::string body : {"", "x", "[]", "{}", R"({"token":1})", R"({"token":""})", R"({"token":"a\r\nX: y"})",
                                 R"({"token":"a b"})", R"({"token":"é"})"})
    CHECK_MESSAGE(!auth.accept_token(body), body);
  CHECK(!auth.accept_token(R"({"token":")" + std::string(20'000, 'a') + "\"}"));
  CHECK(auth.authorization_for(kOwn).empty());
  CHECK(auth.accept_token(R"({"access_token":"abc.def"})"));
  CHECK(auth.authorization_for(kOwn).reveal() == "Bearer abc.def");
  CHECK(auth.accept_token(R"({"token":"xyz","access_token":"abc"})"));
  CHECK(auth.authorization_for(kOwn).reveal() == "Bearer xyz");
}
