// Our own export is read back; what is wrong in it is refused or made harmless.
#include "bench.h"
#include "conversations/import_formats.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

ImportedConversation read(const std::string& text) { return read_own(parse_json(text).as_object()); }

}  // namespace

TEST_CASE("import own: words that nobody knows become those that are safe") {
  const auto got = read(R"({"mode":"root","messages":[{"id":"1","role":"admin","content":"x","status":"running","rating":99,"images":[{"data":"PHN2Zy8+"},7]}]})");
  CHECK(got.conversation.mode == "conversation");
  const auto& message = got.messages.front().message;
  CHECK(message.role == "user");
  CHECK(message.status == "stopped");
  CHECK(message.rating == 1);
  CHECK(got.messages.front().files.empty());
}

TEST_CASE("import own: wrong parts are refused with a reason") {
  for (const auto* text : {R"({})", R"({"messages":[]})", R"({"messages":[7]})", R"({"messages":[{"id":"1"}],"parameters":{"temperature":"x"}})",
                           R"({"messages":[{"id":"1"}],"parameters":[]})", R"({"messages":[{"id":"1","figures":7}]})"})
    CHECK_MESSAGE(code_of([&] { read(text); }) == ErrorCode::invalid_argument, text);
}
