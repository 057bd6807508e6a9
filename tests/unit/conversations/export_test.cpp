#include "conversations/export.h"

#include "bench.h"
#include "conversations/import.h"
#include "conversations/import_writer.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

struct Bench : ConversationBench {
  asio::io_context loop;
  WorkerPool pool{"database", 2, 64};
  db::Store store{*database, pool};

  std::string text(const std::string& user, std::vector<std::string> ids, ExportFormat format) {
    Export exported(store, user, std::move(ids), format);
    std::string text;
    while (auto piece = run(loop, exported.next())) text += *piece;
    return text;
  }
  std::vector<std::string> ids(const std::string& user) {
    return read([&](db::Connection& c) { return ConversationRepository(c).ids(user); });
  }
};

Conversation pan() {
  Conversation c;
  c.title = "Pan";
  c.system = "Sé breve.";
  c.parameters = {{"temperature", 0.25}};
  c.tags = {"cocina"};
  c.folder = "Recetas";
  return c;
}

}  // namespace

TEST_CASE("export: what is imported again is what was exported") {
  Bench bench;
  const auto id = bench.add_conversation(kAna, 1700000000500, pan());
  const auto question = bench.add_message(id, "", {.content = "¿Cómo?", .images = {"f"}, .created_at = 1700000001000});
  const auto first = bench.add_message(id, question, {.role = "assistant", .content = "uno", .model = "m", .rating = -1});
  bench.add_message(id, question, {.role = "assistant", .content = "dos", .thinking = "hm", .status = "stopped", .figures = Figures{.answer_tokens = 9}});
  const json::object source{{"number", 1}, {"document", "guía.pdf"}, {"document_id", "d"}, {"title", "Guía"}, {"collection_id", "c"}, {"collection", "Manuales"}, {"page", 3},
                            {"page_end", 3}, {"heading", "Horario"}, {"score", 0.5}, {"quote", "A las siete."}, {"boxes", json::array{json::array{0.25, 0.5, 0.75, 0.5}}},
                            {"content", "Abre. A las siete."}};
  bench.add_message(id, question, {.role = "assistant", .content = "A las siete. [1]", .sources = {source}, .sufficient = true});
  bench.add_message(id, question, {.role = "assistant", .content = "No está en los documentos.", .sufficient = false});
  bench.write([&](db::Connection& c) {
    MessageRepository(c).add_file(id, {"f", question, "image/png", std::string("\x89PNG\r\n\x1a\nxx", 10)}, 1);
    ConversationRepository(c).change(kAna, id, {.current_message_id = first});
  });
  bench.add_conversation(kAna, 2);   // without messages
  const auto text = bench.text(kAna, bench.ids(kAna), ExportFormat::json);
  auto parsed = parse_import(text);
  REQUIRE(parsed.conversations.size() == 1);
  CHECK(parsed.skipped.size() == 1);
  ImportWriter writer(std::move(parsed), kBlas, bench.entropy, 5);
  while (!writer.is_done()) bench.write([&](db::Connection& c) { writer.write_some(c); });
  // Equal but for the ids: a second export tells.
  const auto without_ids = [](const std::string& exported) {
    auto list = parse_json(exported).at("conversations").as_array();
    for (auto& message : list.at(0).at("messages").as_array()) {
      message.as_object().erase("id");
      message.as_object().erase("parent_id");
    }
    list.at(0).as_object().erase("current_message_id");
    return to_json(list.at(0));
  };
  const auto again = bench.text(kBlas, bench.ids(kBlas), ExportFormat::json);
  auto expected = without_ids(text);
  const std::string without_time = R"("created_at":"1970-01-01T00:00:00.000000000Z")", now = R"("created_at":"1970-01-01T00:00:00.005000000Z")";
  for (auto at = expected.find(without_time); at != std::string::npos; at = expected.find(without_time)) expected.replace(at, now.size(), now);
  CHECK(without_ids(again) == expected);
  CHECK(again.find("A las siete.\",\"boxes\":[[2.5E-1,5E-1,7.5E-1,5E-1]]") != std::string::npos);
  CHECK(again.find("\"sufficient\":false") != std::string::npos);
}

TEST_CASE("export: Markdown has the branch that is shown") {
  Bench bench;
  const auto id = bench.add_conversation(kAna, 1, pan());
  const auto question = bench.add_message(id, "", {.content = "¿Cómo?"});
  const auto first = bench.add_message(id, question, {.role = "assistant", .content = "uno", .model = "m"});
  bench.add_message(id, question, {.role = "assistant", .content = "dos"});
  bench.write([&](db::Connection& c) { ConversationRepository(c).change(kAna, id, {.current_message_id = first}); });
  CHECK(bench.text(kAna, {id}, ExportFormat::markdown) == "# Pan\n\n> Sé breve.\n\n## You\n\n¿Cómo?\n\n## m\n\nuno\n\n");
}

TEST_CASE("export: Markdown has the sources of an answer below it, each with its page and quote") {
  Bench bench;
  const auto id = bench.add_conversation(kAna, 1, pan());
  const auto question = bench.add_message(id, "", {.content = "¿Cuándo?"});
  const json::object paged{{"number", 1}, {"document", "guía.pdf"}, {"page", 3}, {"quote", "A las\nsiete."}}, plain{{"number", 2}, {"document", "notas.md"}, {"page", 0}, {"quote", ""}};
  const auto answer = bench.add_message(id, question, {.role = "assistant", .content = "A las siete. [1][2]", .model = "m", .sources = {paged, plain}, .sufficient = true});
  bench.write([&](db::Connection& c) { ConversationRepository(c).change(kAna, id, {.current_message_id = answer}); });
  const auto text = bench.text(kAna, {id}, ExportFormat::markdown);
  CHECK(text.ends_with("## m\n\nA las siete. [1][2]\n\n- [1] guía.pdf, page 3: “A las siete.”\n- [2] notas.md\n\n"));
}

TEST_CASE("export: it comes in pieces, and what is somebody else's is not in it") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  std::string parent;
  for (int i = 0; i < 30; ++i) parent = bench.add_message(id, parent, {.content = std::string(100'000, 'x')});
  Export exported(bench.store, kAna, {id}, ExportFormat::json);
  std::size_t largest = 0, pieces = 0;
  while (auto piece = run(bench.loop, exported.next())) {
    largest = std::max(largest, piece->size());
    ++pieces;
  }
  CHECK(largest < 700'000);
  CHECK(pieces > 4);
  CHECK(bench.text(kBlas, {id}, ExportFormat::json) == "{\"format\":\"fragua\",\"version\":1,\"conversations\":[]}\n");
}
