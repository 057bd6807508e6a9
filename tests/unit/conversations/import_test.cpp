#include "conversations/import.h"

#include "bench.h"
#include "conversations/import_formats.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

ImportNode node(const std::string& id, const std::string& parent, bool said = true, std::int64_t time = 0) {
  ImportNode node{id, parent, std::nullopt};
  if (said) {
    node.message.emplace();
    node.message->message.created_at = time;
  }
  return node;
}

std::string shape(std::vector<ImportNode> nodes, std::string current = "") {
  std::string text;
  for (const auto& entry : in_order(std::move(nodes), current)) text += entry.message.parent_id + ">" + entry.message.id + " ";
  return text + current;
}

}  // namespace

TEST_CASE("import: parents come before children, whatever the order of the file") {
  CHECK(shape({node("c", "b"), node("b", "a"), node("a", "")}, "c") == ">a a>b b>c c");
  CHECK(shape({node("a", ""), node("b", "a"), node("c", "a")}) == ">a a>b a>c ");
  CHECK(shape({node("a", ""), node("b", "a", true, 20), node("c", "a", true, 10)}) == ">a a>c a>b ");
}

TEST_CASE("import: what says nothing hands its children up, also the current one") {
  CHECK(shape({node("root", "", false), node("a", "root"), node("tool", "a", false), node("b", "tool")}, "tool") == ">a a>b a");
}

TEST_CASE("import: circles, doubles and orphans do no harm") {
  CHECK(shape({node("a", ""), node("x", "y"), node("y", "x")}, "y") == ">a ");
  CHECK(shape({node("a", ""), node("a", "a"), node("b", "a")}) == ">a a>b ");
  CHECK(shape({node("a", "lost"), node("b", "a")}) == ">a a>b ");
  CHECK(code_of([] { shape({node("x", "x")}); }) == ErrorCode::invalid_argument);
}

TEST_CASE("import: a deep branch is ordered without recursion") {
  std::vector<ImportNode> nodes;
  for (int i = 0; i < 40'000; ++i) nodes.push_back(node(std::to_string(i), i == 0 ? "" : std::to_string(i - 1)));
  std::string current;
  CHECK(in_order(std::move(nodes), current).size() == 40'000);
}

TEST_CASE("import: one bad conversation does not lose the others") {
  const auto parsed = parse_import(R"([
    {"title":"good","mapping":{"a":{"parent":null,"message":{"author":{"role":"user"},"content":{"content_type":"text","parts":["hola"]}}}}},
    {"title":"empty","mapping":{}}, {"title":"odd","mapping":7}, {"title":"what"}, 5,
    {"title":"other","chat":{"history":{"messages":{"1":{"role":"user","content":"hi"}}}}}])");
  REQUIRE(parsed.conversations.size() == 2);
  CHECK(parsed.conversations[0].conversation.title == "good");
  CHECK(parsed.conversations[1].messages.front().message.content == "hi");
  REQUIRE(parsed.skipped.size() == 4);
  CHECK(parsed.skipped[0].title == "empty");
  CHECK(parsed.skipped[0].why == "it has no messages");
}

TEST_CASE("import: hostile texts get clear errors") {
  const std::string deep(100'000, '[');
  for (const std::string& text : {std::string(""), std::string("{"), std::string("[1e999]"), std::string("{}"), std::string("7"), std::string("\"x\""), deep,
                                  std::string("PK\x03\x04")})
    CHECK(code_of([&] { parse_import(text); }) == ErrorCode::invalid_argument);
  std::string many = "[";
  for (int i = 0; i < 20'001; ++i) many += "1,";
  CHECK(code_of([&] { parse_import(many + "1]"); }) == ErrorCode::too_large);
  const auto parsed = parse_import(R"([{"title":"long","chat":{"history":{"messages":{"1":{"role":"user","content":")" + std::string(5 << 20, 'x') + R"("}}}}}])");
  REQUIRE(parsed.skipped.size() == 1);
  CHECK(parsed.skipped[0].why == "a message is longer than 4 MiB");
}

TEST_CASE("import: times of both kinds, and those that are none") {
  const json::value seconds = 1700000000.5, millis = 1700000000500, wrong = -5, far = 1e300, text = "x";
  CHECK(millis_of_seconds(&seconds) == 1700000000500);
  CHECK(millis_of_seconds(&millis) == 1700000000500);
  for (const auto* value : {&wrong, &far, &text}) CHECK(millis_of_seconds(value) == 0);
  CHECK(millis_of_seconds(nullptr) == 0);
  CHECK(millis_of_text("2023-11-14T22:13:20.500000000Z") == 1700000000500);
  for (const auto* wrong_text : {"", "yesterday", "2023-11-14", "9999-99-99T99:99:99Z"}) CHECK(millis_of_text(wrong_text) == 0);
}

TEST_CASE("import: images come as data urls, and links are never followed") {
  const auto png = to_base64(std::string("\x89PNG\r\n\x1a\nxx", 10));
  CHECK(image_of("data:image/png;base64," + png)->type == "image/png");
  CHECK(image_of(png).has_value());
  for (const auto* none : {"https://a.example/x.png", "data:image/svg+xml,<svg/>", "data:text/html;base64,PGI+", "", "file:///etc/passwd"})
    CHECK_FALSE(image_of(none).has_value());
}
