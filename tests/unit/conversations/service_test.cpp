#include "conversations/service.h"

#include "bench.h"
#include "fake_answerer.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

struct Bench : ConversationBench {
  asio::io_context loop;
  WorkerPool pool{"database", 2, 64};
  db::Store store{*database, pool};
  FakeAnswerer answerer{loop.get_executor()};
  ManualClock clock;
  Log log{LogFormat::silent};
  Service service{{loop.get_executor(), store, pool, answerer, clock, entropy, log}};

  Conversation create(NewConversation wanted = {}) { return run(loop, service.create(kAna, std::move(wanted))); }
  ErrorCode refused(ConversationChange change, const std::string& id, const std::string& user = kAna) {
    return code_of([&] { run(loop, service.change(user, id, change)); });
  }
  std::string texts(const std::string& id, MessageQuery query = {}) {
    std::string text;
    for (const auto& message : run(loop, service.messages(kAna, id, query)).messages) text += message.content;
    return text;
  }
};

}  // namespace

TEST_CASE("service: a conversation is made, changed, put into the bin and taken out again") {
  Bench bench;
  const auto made = bench.create({.title = " Mi\nchat ", .model = "m"});
  CHECK(made.title == "Mi chat");
  CHECK(made.mode == "conversation");
  const auto changed = run(bench.loop, bench.service.change(kAna, made.id, {.tags = std::vector<std::string>{"a", " a ", "b"}, .pinned = true}));
  CHECK(changed.tags == std::vector<std::string>{"a", "b"});
  CHECK(changed.pinned);
  CHECK(changed.model == "m");
  run(bench.loop, bench.service.remove(kAna, made.id));
  CHECK(code_of([&] { run(bench.loop, bench.service.require(kAna, made.id)); }) == ErrorCode::not_found);
  CHECK(run(bench.loop, bench.service.restore(kAna, made.id)).title == "Mi chat");
}

TEST_CASE("service: somebody else's conversation is not found, whatever is asked of it") {
  Bench bench;
  const auto id = bench.create().id;
  const auto message = bench.add_message(id, "", {.content = "x"});
  auto& s = bench.service;
  const std::vector<std::function<void()>> calls = {
      [&] { run(bench.loop, s.require(kBlas, id)); },
      [&] { run(bench.loop, s.change(kBlas, id, {})); },
      [&] { run(bench.loop, s.remove(kBlas, id)); },
      [&] { run(bench.loop, s.restore(kBlas, id)); },
      [&] { run(bench.loop, s.messages(kBlas, id, {})); },
      [&] { run(bench.loop, s.rate(kBlas, id, message, 1)); },
      [&] { run(bench.loop, s.share(kBlas, id)); },
      [&] { run(bench.loop, s.unshare(kBlas, id)); },
      [&] { run(bench.loop, s.export_one(kBlas, id, ExportFormat::json)); },
      [&] { run(bench.loop, s.require(kAna, "' OR 1=1 --")); },
      [&] { run(bench.loop, s.shared(id)); },
      [&] { run(bench.loop, s.file(kBlas, message)); }};
  for (const auto& call : calls) CHECK(code_of(call) == ErrorCode::not_found);
}

TEST_CASE("service: what is wrong is refused by its name") {
  Bench bench;
  const auto id = bench.create().id;
  CHECK(bench.refused({.mode = "root"}, id) == ErrorCode::invalid_argument);
  CHECK(bench.refused({.parameters = json::object{{"nonsense", 1}}}, id) == ErrorCode::invalid_argument);
  CHECK(bench.refused({.system = std::string(300 << 10, 'x')}, id) == ErrorCode::too_large);
  CHECK(bench.refused({.tags = std::vector<std::string>(33, "x")}, id) == ErrorCode::invalid_argument);
  CHECK(bench.refused({.current_message_id = "nowhere"}, id) == ErrorCode::not_found);
  for (const std::int64_t limit : {0, -1, 100'000}) {
    CHECK(code_of([&] { run(bench.loop, bench.service.list(kAna, {.limit = limit})); }) == ErrorCode::invalid_argument);
    CHECK(code_of([&] { run(bench.loop, bench.service.messages(kAna, id, {.limit = limit})); }) == ErrorCode::invalid_argument);
  }
}

TEST_CASE("service: messages come by branch and by page, and the shown branch follows what is chosen") {
  Bench bench;
  const auto id = bench.create().id;
  CHECK(bench.texts(id) == "");
  const auto a = bench.add_message(id, "", {.content = "a"}), b = bench.add_message(id, a, {.content = "b"});
  const auto c = bench.add_message(id, b, {.content = "c"}), d = bench.add_message(id, a, {.content = "d"});
  const auto chosen = run(bench.loop, bench.service.change(kAna, id, {.current_message_id = b}));
  CHECK(chosen.current_message_id == c);
  CHECK(bench.texts(id) == "abc");
  CHECK(bench.texts(id, {.leaf = d}) == "ad");
  CHECK(bench.texts(id, {.before = c}) == "ab");
  CHECK(bench.texts(id, {.limit = 2}) == "bc");
  CHECK(bench.texts(id, {.before = a}) == "");
}

TEST_CASE("service: a share shows the branch as it was, without what came later") {
  Bench bench;
  const auto id = bench.create({.title = "t"}).id;
  CHECK(code_of([&] { run(bench.loop, bench.service.share(kAna, id)); }) == ErrorCode::conflict);
  const auto a = bench.add_message(id, "", {.content = "a"});
  run(bench.loop, bench.service.change(kAna, id, {.current_message_id = a}));
  const auto share = run(bench.loop, bench.service.share(kAna, id));
  const auto later = bench.add_message(id, a, {.content = "later"});
  run(bench.loop, bench.service.change(kAna, id, {.current_message_id = later}));
  const auto shared = run(bench.loop, bench.service.shared(share));
  CHECK(shared.owner == kAna);
  REQUIRE(shared.messages.size() == 1);
  CHECK(shared.messages.front().content == "a");
  run(bench.loop, bench.service.unshare(kAna, id));
  CHECK(code_of([&] { run(bench.loop, bench.service.shared(share)); }) == ErrorCode::not_found);
}

TEST_CASE("service: the bin is emptied after 30 days") {
  Bench bench;
  const auto id = bench.create().id;
  run(bench.loop, bench.service.remove(kAna, id));
  bench.clock.advance(std::chrono::hours(24 * 30 + 1));
  asio::co_spawn(bench.loop, Service::keep_house(bench.service), asio::detached);
  bench.loop.restart();
  while (bench.count("SELECT count(*) FROM conversations") > 0) REQUIRE(bench.loop.run_one_for(std::chrono::seconds(5)) > 0);
}

TEST_CASE("service: what a crash left running is stopped at the start") {
  Bench bench;
  const auto id = bench.create().id;
  const auto message = bench.add_message(id, "", {.role = "assistant", .content = "half", .status = "running"});
  CHECK(run(bench.loop, bench.service.require(kAna, id)).running_message_id == message);
  bench.service.recover();
  CHECK(bench.message(id, message).status == "stopped");
  CHECK(run(bench.loop, bench.service.require(kAna, id)).running_message_id == "");
}

TEST_CASE("service: an import tells what it took and what it left, one at a time") {
  Bench bench;
  const std::string text = R"([{"title":"a","chat":{"messages":[{"role":"user","content":"hola"}]}},{"title":"b"}])";
  const auto report = run(bench.loop, bench.service.import(kAna, text));
  CHECK(report.imported == 1);
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped.front().title == "b");
  CHECK(code_of([&] { run(bench.loop, bench.service.import(kAna, "no")); }) == ErrorCode::invalid_argument);
  CHECK(run(bench.loop, bench.service.import(kAna, text)).imported == 1);
}

TEST_CASE("service: a page of a long conversation is quick, and its list reads no texts") {
  Bench bench;
  const auto id = bench.create().id;
  std::string parent;
  bench.write([&](db::Connection& c) {
    MessageRepository messages(c);
    for (int i = 0; i < 2000; ++i) {
      Message m{.id = "m" + std::to_string(i), .parent_id = parent, .role = "user", .content = std::string(10'000, 'x')};
      messages.add(id, search_owner(kAna), m);
      parent = m.id;
    }
  });
  run(bench.loop, bench.service.change(kAna, id, {.current_message_id = parent}));
  const auto start = std::chrono::steady_clock::now();
  CHECK(run(bench.loop, bench.service.messages(kAna, id, {})).messages.size() == 100);
  run(bench.loop, bench.service.list(kAna, {}));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(500));
}
