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

TEST_CASE("import own: of a source only what a source has comes in, and only with an answer from documents") {
  const auto got = read(R"({"messages":[{"id":"1","sufficient":false,"sources":[{"number":1,"document":"x","script":"<b>"}]},{"id":"2","sources":[{"number":1,"document":"x"}]}]})");
  const auto& first = got.messages.at(0).message;
  CHECK(first.sufficient == false);
  CHECK(string_member(first.sources.at(0).as_object(), "document") == "x");
  CHECK_FALSE(first.sources.at(0).as_object().contains("script"));
  CHECK(got.messages.at(1).message.sources.empty());
}

TEST_CASE("import own: wrong parts are refused with a reason") {
  for (const auto* text : {R"({})", R"({"messages":[]})", R"({"messages":[7]})", R"({"messages":[{"id":"1"}],"parameters":{"temperature":"x"}})",
                           R"({"messages":[{"id":"1"}],"parameters":[]})", R"({"messages":[{"id":"1","figures":7}]})",
                           R"({"messages":[{"id":"1","sufficient":true,"sources":[7]}]})", R"({"messages":[{"id":"1","sufficient":true,"sources":[{"document":"x"}]}]})",
                           R"({"messages":[{"id":"1","sufficient":true,"sources":[{"number":1,"document":"x","page":"3"}]}]})"})
    CHECK_MESSAGE(code_of([&] { read(text); }) == ErrorCode::invalid_argument, text);
}
