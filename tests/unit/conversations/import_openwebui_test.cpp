// Open WebUI's export: a tree in chat.history, thoughts folded into details, images as data urls.
#include "bench.h"
#include "conversations/import_formats.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

const std::string kPng = to_base64(std::string("\x89PNG\r\n\x1a\nxx", 10));

json::object exported() {
  return parse_json(R"({"id":"x","title":"t","updated_at":1700000100,"created_at":1700000000,"pinned":true,"archived":false,"meta":{"tags":["pan"]},
    "chat":{"title":"Pan","models":["qwen:1b"],"history":{"currentId":"3","messages":{
      "1":{"id":"1","parentId":null,"childrenIds":["2","3"],"role":"user","content":"hola","timestamp":1700000001,
           "files":[{"type":"image","url":"data:image/png;base64,)" + kPng + R"("},{"type":"file","url":"x"},{"type":"image","url":"https://a.example/x.png"}]},
      "2":{"id":"2","parentId":"1","childrenIds":[],"role":"assistant","content":"uno","model":"qwen:1b","timestamp":1700000002},
      "3":{"id":"3","parentId":"1","childrenIds":[],"role":"assistant","model":"qwen:1b","timestamp":1700000003,
           "content":"<details type=\"reasoning\" done=\"true\">\n<summary>Thought for 2 seconds</summary>\n> 1 &lt; 2\n>\n> ya\n</details>\ndos"}}}}})").as_object();
}

}  // namespace

TEST_CASE("import openwebui: the tree, its images and its thoughts") {
  const auto read = read_openwebui(exported());
  CHECK(read.conversation.title == "Pan");
  CHECK(read.conversation.pinned);
  CHECK(read.conversation.model == "qwen:1b");
  CHECK(read.conversation.tags == std::vector<std::string>{"pan"});
  CHECK(read.conversation.current_message_id == "3");
  CHECK(read.conversation.updated_at == 1700000100000);
  REQUIRE(read.messages.size() == 3);
  CHECK(read.messages[0].files.size() == 1);
  CHECK(read.messages[2].message.parent_id == "1");
  CHECK(read.messages[2].message.content == "dos");
  CHECK(read.messages[2].message.thinking == "1 < 2\n\nya");
}

TEST_CASE("import openwebui: an old export has a plain list") {
  const auto read = read_openwebui(
      parse_json(R"({"chat":{"title":"x","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}})").as_object());
  REQUIRE(read.messages.size() == 3);
  CHECK(read.messages[2].message.parent_id == "1");
}

TEST_CASE("import openwebui: what has no messages says so") {
  for (const auto* text : {R"({"chat":{}})", R"({"chat":5})", R"({"chat":{"history":{}}})", R"({"chat":{"history":{"messages":{"a":[]}}}})", R"({"chat":{"messages":[7]}})"})
    CHECK(code_of([&] { read_openwebui(parse_json(text).as_object()); }) == ErrorCode::invalid_argument);
}
