#include "conversations/message_repository.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

struct Bench : ConversationBench {
  std::string conversation = add_conversation(kAna);

  template <class Work>
  auto with(Work work) {
    return write([&](db::Connection& c) {
      MessageRepository messages(c);
      return work(messages);
    });
  }
  std::string add(const std::string& parent, const std::string& content, const std::string& role = "user") {
    return add_message(conversation, parent, {.role = role, .content = content});
  }
  std::string text(const std::string& leaf, BranchLimits limits = {}) {
    std::string text;
    for (const auto& message : with([&](MessageRepository& m) { return m.branch(conversation, leaf, limits); }).messages) text += message.content;
    return text;
  }
};

}  // namespace

TEST_CASE("messages: a branch is what leads to its leaf, oldest first") {
  Bench bench;
  const auto a = bench.add("", "a"), b = bench.add(a, "b"), c = bench.add(b, "c"), d = bench.add(b, "d");
  CHECK(bench.text(c) == "abc");
  CHECK(bench.text(d) == "abd");
  CHECK(bench.message(bench.conversation, c).siblings == std::vector<std::string>{c, d});
  CHECK(bench.message(bench.conversation, a).siblings == std::vector<std::string>{a});
}

TEST_CASE("messages: a page has the last ones, and says that there are more") {
  Bench bench;
  std::string parent;
  for (int i = 0; i < 30; ++i) parent = bench.add(parent, std::string(1, char('a' + i % 26)));
  const auto page = bench.with([&](MessageRepository& m) { return m.branch(bench.conversation, parent, {.messages = 4}); });
  CHECK(page.messages.size() == 4);
  CHECK(page.messages.back().id == parent);
  CHECK(page.more);
  CHECK(bench.text(parent, {.messages = 4, .bytes = 2}).size() == 2);
  CHECK_FALSE(bench.with([&](MessageRepository& m) { return m.branch(bench.conversation, parent, {}); }).more);
}

TEST_CASE("messages: the deepest goes to the newest child each time") {
  Bench bench;
  const auto a = bench.add("", "a");
  bench.add(bench.add(a, "b"), "c");
  const auto d = bench.add(a, "d"), e = bench.add(d, "e");
  CHECK(bench.with([&](MessageRepository& m) { return m.deepest(bench.conversation, a); }) == e);
  CHECK(bench.with([&](MessageRepository& m) { return m.deepest(bench.conversation, e); }) == e);
  CHECK(bench.with([&](MessageRepository& m) { return m.newest_leaf(bench.conversation); }) == e);
}

TEST_CASE("messages: another conversation's message is not found, nor walked") {
  Bench bench;
  const auto other = bench.add_conversation(kBlas);
  const auto theirs = bench.add_message(other, "", {.content = "secret"}, kBlas);
  CHECK(code_of([&] { bench.message(bench.conversation, theirs); }) == ErrorCode::not_found);
  CHECK(bench.text(theirs) == "");
  CHECK_FALSE(bench.with([&](MessageRepository& m) { return m.rate(bench.conversation, theirs, 1); }));
}

TEST_CASE("messages: an answer is saved while it runs, and never after its end") {
  Bench bench;
  Message answer{.role = "assistant", .status = "running"};
  answer.id = bench.add_message(bench.conversation, "", answer);
  bench.with([&](MessageRepository& m) { m.save_text({answer.id, "half", "thought"}); });
  CHECK(bench.message(bench.conversation, answer.id).content == "half");
  answer.content = "whole";
  answer.status = "done";
  answer.figures = Figures{.prompt_tokens = 3, .answer_tokens = 4};
  bench.with([&](MessageRepository& m) { m.finish(answer); });
  bench.with([&](MessageRepository& m) { m.save_text({answer.id, "late", ""}); });
  const auto stored = bench.message(bench.conversation, answer.id);
  CHECK(stored.content == "whole");
  REQUIRE(stored.figures.has_value());
  CHECK(stored.figures->answer_tokens == 4);
}

TEST_CASE("messages: what a crash left running is stopped with what was saved") {
  Bench bench;
  const auto id = bench.add_message(bench.conversation, "", {.role = "assistant", .content = "half", .status = "running"});
  CHECK(bench.with([](MessageRepository& m) { return m.stop_all_running(); }) == 1);
  CHECK(bench.message(bench.conversation, id).status == "stopped");
  CHECK(bench.message(bench.conversation, id).content == "half");
}

TEST_CASE("messages: going on is possible once, and forgets thoughts that led to nothing") {
  Bench bench;
  const auto id = bench.add_message(bench.conversation, "", {.role = "assistant", .thinking = "hm", .status = "stopped"});
  const auto start = [&] { return bench.with([&](MessageRepository& m) { return m.start_again(id); }); };
  CHECK(start());
  CHECK_FALSE(start());
  CHECK(bench.message(bench.conversation, id).thinking == "");
}

TEST_CASE("messages: an image is seen by its owner, and by others only through the branch that is shared") {
  Bench bench;
  const auto a = bench.add("", "a"), b = bench.add(a, "b"), later = bench.add(b, "c");
  bench.with([&](MessageRepository& m) {
    m.add_file(bench.conversation, {"in", a, "image/png", "1"}, 1);
    m.add_file(bench.conversation, {"out", later, "image/png", "2"}, 1);
  });
  const auto sees = [&](const std::string& user, const std::string& file) {
    return bench.with([&](MessageRepository& m) { return m.find_visible_file(user, file).has_value(); });
  };
  CHECK(sees(kAna, "in"));
  CHECK_FALSE(sees(kBlas, "in"));
  bench.write([&](db::Connection& c) { ConversationRepository(c).share(bench.conversation, "s", b, 1); });
  CHECK(sees(kBlas, "in"));
  CHECK_FALSE(sees(kBlas, "out"));
  CHECK_FALSE(sees(kAna, "nothing"));
}

TEST_CASE("messages: export reads them in the order in which they were made, and a branch by its numbers") {
  Bench bench;
  const auto a = bench.add("", "a"), b = bench.add(a, "b"), c = bench.add(a, "c");
  const auto first = bench.with([&](MessageRepository& m) { return m.after(bench.conversation, 0, 2); });
  REQUIRE(first.size() == 2);
  CHECK(first[1].id == b);
  CHECK(bench.with([&](MessageRepository& m) { return m.after(bench.conversation, first[1].number, 2); }).front().id == c);
  const auto numbers = bench.with([&](MessageRepository& m) { return m.branch_numbers(bench.conversation, c); });
  CHECK(numbers.size() == 2);
  CHECK(bench.with([&](MessageRepository& m) { return m.find_number(bench.conversation, numbers[1]); })->id == c);
}
