// ChatGPT's conversations.json as it is exported: hidden nodes, tools, branches.
#include "bench.h"
#include "conversations/import_formats.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

constexpr auto kExport = R"json({"title":"Pan","create_time":1700000000.25,"update_time":1700000100,"current_node":"a2","is_archived":true,"mapping":{
  "root":{"id":"root","message":null,"parent":null,"children":["sys"]},
  "sys":{"id":"sys","parent":"root","message":{"author":{"role":"system"},"content":{"content_type":"text","parts":[""]},"metadata":{"is_visually_hidden_from_conversation":true}}},
  "ctx":{"id":"ctx","parent":"sys","message":{"author":{"role":"user"},"content":{"content_type":"user_editable_context","user_profile":"x"}}},
  "u1":{"id":"u1","parent":"ctx","message":{"author":{"role":"user"},"create_time":1700000001.5,"content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"file-service://x"},"¿Cómo se hace pan?"]}}},
  "a1":{"id":"a1","parent":"u1","message":{"author":{"role":"assistant"},"create_time":1700000002,"recipient":"all","content":{"content_type":"text","parts":["Con harina."]},"metadata":{"model_slug":"gpt-4o"}}},
  "t1":{"id":"t1","parent":"u1","message":{"author":{"role":"assistant"},"recipient":"browser","content":{"content_type":"code","text":"search()"}}},
  "t2":{"id":"t2","parent":"t1","message":{"author":{"role":"tool"},"content":{"content_type":"tether_quote","text":"q"}}},
  "a2":{"id":"a2","parent":"t2","message":{"author":{"role":"assistant"},"create_time":1700000003,"content":{"content_type":"text","parts":["Con masa","madre."]}}}}})json";

}  // namespace

TEST_CASE("import chatgpt: what people saw, with its branches") {
  const auto read = read_chatgpt(parse_json(kExport).as_object());
  CHECK(read.conversation.title == "Pan");
  CHECK(read.conversation.archived);
  CHECK(read.conversation.created_at == 1700000000250);
  CHECK(read.conversation.current_message_id == "a2");
  REQUIRE(read.messages.size() == 3);
  CHECK(read.messages[0].message.content == "*(image)*\n\n¿Cómo se hace pan?");
  CHECK(read.messages[0].message.parent_id == "");
  CHECK(read.messages[1].message.content == "Con harina.");
  CHECK(read.messages[1].message.model == "gpt-4o");
  CHECK(read.messages[2].message.content == "Con masa\n\nmadre.");
  CHECK(read.messages[2].message.parent_id == "u1");
}

TEST_CASE("import chatgpt: fields of wrong types are left out or refused, never a crash") {
  for (const auto* text : {R"({"mapping":{"a":5}})", R"({"mapping":{"a":{"message":5}}})", R"({"mapping":{"a":{"message":{"author":5,"content":5}}}})",
                           R"({"mapping":{"a":{"parent":7,"message":{"author":{"role":"user"},"content":{"parts":[5,null,{}]}}}}})", R"({"mapping":[]})"})
    CHECK(code_of([&] { read_chatgpt(parse_json(text).as_object()); }) == ErrorCode::invalid_argument);
}
