#include "cli/session.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

namespace {

Session smith() {
  Session session;
  session.model = "qwen";
  session.system = "You are a smith.";
  session.messages.push_back(user_message("hello", {}));
  session.messages.push_back({{"role", "assistant"}, {"content", "hi"}});
  return session;
}

}  // namespace

TEST_CASE("session: a chat begins with the system message and carries only what was set") {
  const auto body = chat_request(smith());
  CHECK(body == parse_json(R"({"model":"qwen","stream":true,"messages":[{"role":"system","content":"You are a smith."},
    {"role":"user","content":"hello"},{"role":"assistant","content":"hi"}]})")
                    .as_object());
}

TEST_CASE("session: parameters, format, thinking and keep-alive go along") {
  auto session = smith();
  CHECK_FALSE(set_parameter(session, "temperature", {"0.5"}).has_value());
  session.format = "json";
  session.think = false;
  session.keep_alive = parse_keep_alive("5m");
  const auto body = generate_request(session, "why?", {});
  CHECK(body.at("prompt") == "why?");
  CHECK(body.at("system") == "You are a smith.");
  CHECK(body.at("options").at("temperature").as_double() == doctest::Approx(0.5));
  CHECK(body.at("format") == "json");
  CHECK(body.at("think") == false);
  CHECK(body.at("keep_alive") == "5m");
}

TEST_CASE("session: images are sent as base64") {
  CHECK(user_message("what?", {"abc"}).at("images") == json::value(json::array{"YWJj"}));
  CHECK(generate_request(smith(), "what?", {"abc"}).at("images") == json::value(json::array{"YWJj"}));
}

TEST_CASE("session: a saved model goes on from the messages") {
  auto session = smith();
  set_parameter(session, "top_k", {"3"});
  const auto body = save_request(session, "mine");
  CHECK(body.at("model") == "mine");
  CHECK(body.at("from") == "qwen");
  CHECK(body.at("system") == "You are a smith.");
  CHECK(body.at("parameters").at("top_k").to_number<int>() == 3);
  CHECK(body.at("messages").as_array().size() == 2);
}

TEST_CASE("session: keep-alive is seconds or a duration") {
  CHECK(parse_keep_alive("0") == 0);
  CHECK(parse_keep_alive("-1") == -1);
  CHECK(parse_keep_alive("1h30m") == "1h30m");
  CHECK_THROWS_AS(parse_keep_alive("soon"), Error);
}

TEST_CASE("session: a format is json or an object") {
  CHECK(*parse_format(" json ") == "json");
  CHECK(parse_format(R"({"type":"object"})")->as_object().contains("type"));
  for (const auto* wrong : {"", "yaml", "{", "[]", "{} x"}) CHECK_FALSE(parse_format(wrong).has_value());
}
