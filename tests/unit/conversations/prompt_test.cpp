#include "conversations/prompt.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

PromptMessage said(const std::string& role, const std::string& content) {
  PromptMessage entry;
  entry.message.role = role;
  entry.message.content = content;
  return entry;
}

std::string as_text(const std::vector<engine::Message>& messages) {
  std::string text;
  for (const auto& message : messages) text += message.role.substr(0, 1) + ":" + message.content + "|";
  return text;
}

}  // namespace

TEST_CASE("prompt: the branch comes after the conversation's system text") {
  Conversation c;
  c.system = "S";
  CHECK(as_text(prompt_of(c, {said("user", "a"), said("assistant", "b"), said("user", "c")})) == "s:S|u:a|a:b|u:c|");
  CHECK(as_text(prompt_of({}, {said("user", "a")})) == "u:a|");
}

TEST_CASE("prompt: questions without an answer between are one, and a cut branch begins with a question") {
  CHECK(as_text(prompt_of({}, {said("user", "a"), said("user", "b")})) == "u:a\n\nb|");
  CHECK(as_text(prompt_of({}, {said("assistant", "x"), said("user", "a")})) == "u:a|");
}

TEST_CASE("prompt: command mode has the last question, and the answer that goes on") {
  Conversation c;
  c.mode = "command";
  CHECK(as_text(prompt_of(c, {said("user", "a"), said("assistant", "b"), said("user", "c")})) == "u:c|");
  CHECK(as_text(prompt_of(c, {said("user", "a"), said("assistant", "b"), said("user", "c"), said("assistant", "d")})) == "u:c|a:d|");
}

TEST_CASE("prompt: parameters become options, think and keep_alive") {
  const auto settings = settings_of({{"temperature", 0.5}, {"num_thread", 4}, {"stop", {"x"}}, {"think", true}, {"keep_alive", "5m"}, {"top_k", nullptr}});
  CHECK(settings.options == json::object{{"temperature", 0.5}, {"num_thread", 4}, {"stop", {"x"}}, {"top_k", nullptr}});
  CHECK(settings.think == true);
  CHECK(settings.keep_alive == std::chrono::minutes(5));
  CHECK(settings_of({{"keep_alive", -1}}).keep_alive == std::chrono::nanoseconds(-1));
}

TEST_CASE("prompt: a wrong parameter is refused by its name") {
  for (const auto& wrong : {json::object{{"temperatur", 1}}, json::object{{"temperature", "hot"}}, json::object{{"think", "yes"}},
                            json::object{{"keep_alive", "soon"}}, json::object{{"num_ctx", 0}}, json::object{{"temperature", -1}}})
    CHECK_MESSAGE(code_of([&] { settings_of(wrong); }) == ErrorCode::invalid_argument, to_json(wrong));
}
