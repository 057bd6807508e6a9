#include "conversations/import_writer.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

ImportedMessage said(const std::string& id, const std::string& parent, const std::string& content) {
  ImportedMessage entry;
  entry.message.id = id;
  entry.message.parent_id = parent;
  entry.message.role = "user";
  entry.message.content = content;
  return entry;
}

ImportedConversation conversation(std::vector<ImportedMessage> messages) {
  ImportedConversation imported;
  imported.messages = std::move(messages);
  return imported;
}

struct Bench : ConversationBench {
  ImportReport import(ParsedImport parsed) {
    ImportWriter writer(std::move(parsed), kAna, entropy, 5);
    while (!writer.is_done()) write([&](db::Connection& c) { writer.write_some(c); });
    return writer.report();
  }
  std::vector<Conversation> list() {
    return read([](db::Connection& c) { return ConversationRepository(c).list(kAna, {}, "").conversations; });
  }
};

}  // namespace

TEST_CASE("import writer: conversations get new ids, and keep their tree") {
  Bench bench;
  ParsedImport parsed;
  parsed.conversations.push_back(conversation({said("1", "", "hola"), said("2", "1", "a"), said("3", "1", "b")}));
  parsed.conversations.push_back(conversation({said("1", "", "otra")}));
  parsed.conversations[0].conversation.current_message_id = "2";
  parsed.skipped.push_back({"bad", "why"});
  const auto report = bench.import(std::move(parsed));
  CHECK(report.imported == 2);
  CHECK(report.skipped.size() == 1);
  const auto list = bench.list();
  REQUIRE(list.size() == 2);
  const auto& first = list[1];
  CHECK(first.title == "hola");
  CHECK(first.created_at == 5);
  const auto shown = bench.message(first.id, first.current_message_id);
  CHECK(shown.content == "a");
  CHECK(shown.siblings.size() == 2);
  CHECK(shown.id != "2");
}

TEST_CASE("import writer: a conversation that is not whole yet is seen by nobody") {
  Bench bench;
  ParsedImport parsed;
  parsed.conversations.push_back(conversation({}));
  std::string parent;
  for (int i = 0; i < 40; ++i) {
    parsed.conversations[0].messages.push_back(said(std::to_string(i), parent, std::string(100'000, 'x')));
    parent = std::to_string(i);
  }
  ImportWriter writer(std::move(parsed), kAna, bench.entropy, 5);
  int writes = 0;
  for (; !writer.is_done(); ++writes) {
    CHECK(bench.list().empty());
    bench.write([&](db::Connection& c) { writer.write_some(c); });
  }
  CHECK(writes > 2);
  CHECK(bench.list().size() == 1);
}
