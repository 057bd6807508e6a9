#include "conversations/repository.h"

#include "bench.h"
#include "conversations/search.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

struct Bench : ConversationBench {
  ConversationPage list(ListQuery query = {}, const std::string& user = kAna) {
    return read([&](db::Connection& c) {
      return ConversationRepository(c).list(user, query, match_expression(search_owner(user), query.search));
    });
  }
  std::vector<std::string> ids(const ConversationPage& page) {
    std::vector<std::string> ids;
    for (const auto& conversation : page.conversations) ids.push_back(conversation.id);
    return ids;
  }
  bool change(const std::string& id, const ConversationChange& change, const std::string& user = kAna) {
    return write([&](db::Connection& c) { return ConversationRepository(c).change(user, id, change); });
  }
  std::optional<Conversation> find(const std::string& id, const std::string& user = kAna) {
    return read([&](db::Connection& c) { return ConversationRepository(c).find(user, id); });
  }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("repository: a conversation comes back as it was written, to its owner alone") {
  Bench bench;
  Conversation wanted;
  wanted.title = "Título '; DROP TABLE users";
  wanted.parameters = {{"temperature", 0.5}};
  wanted.tags = {"uno", "dos"};
  wanted.folder = "f";
  wanted.pinned = true;
  const auto id = bench.add_conversation(kAna, 7, wanted);
  const auto found = bench.find(id);
  REQUIRE(found.has_value());
  CHECK(found->title == wanted.title);
  CHECK(found->parameters == wanted.parameters);
  CHECK(found->tags == wanted.tags);
  CHECK(found->pinned);
  CHECK_FALSE(found->archived);
  CHECK(found->updated_at == 7);
  CHECK_FALSE(bench.find(id, kBlas).has_value());
  CHECK_FALSE(bench.change(id, {.title = "mine"}, kBlas));
  CHECK(bench.list({}, kBlas).conversations.empty());
}

TEST_CASE("repository: the list has the pinned first, then the newest, in pages that do not overlap") {
  Bench bench;
  Ids added;
  for (int i = 0; i < 5; ++i) added.push_back(bench.add_conversation(kAna, 10 + i));
  bench.change(added[1], {.pinned = true});
  const auto first = bench.list({.limit = 3});
  CHECK(bench.ids(first) == Ids{added[1], added[4], added[3]});
  REQUIRE_FALSE(first.next_cursor.empty());
  const auto second = bench.list({.limit = 3, .cursor = first.next_cursor});
  CHECK(bench.ids(second) == Ids{added[2], added[0]});
  CHECK(second.next_cursor.empty());
  for (const auto* cursor : {"x", "1-2", "1-2-3-4", "1-2-x", "--"})
    CHECK(code_of([&] { bench.list({.cursor = cursor}); }) == ErrorCode::invalid_argument);
}

TEST_CASE("repository: folder, tag and archived narrow the list, and facets count them") {
  Bench bench;
  Conversation in_folder, tagged;
  in_folder.folder = "Recetas";
  tagged.tags = {"pan", "sal"};
  const auto a = bench.add_conversation(kAna, 1, in_folder), b = bench.add_conversation(kAna, 2, tagged), c = bench.add_conversation(kAna, 3);
  bench.change(c, {.archived = true});
  CHECK(bench.ids(bench.list({.folder = "Recetas"})) == Ids{a});
  CHECK(bench.ids(bench.list({.tag = "sal"})) == Ids{b});
  CHECK(bench.ids(bench.list({.archived = true})) == Ids{c});
  const auto facets = bench.read([](db::Connection& connection) { return ConversationRepository(connection).facets(kAna); });
  REQUIRE(facets.folders.size() == 1);
  CHECK(facets.folders[0].name == "Recetas");
  REQUIRE(facets.tags.size() == 2);
  CHECK(facets.tags[1].name == "sal");
  CHECK(facets.tags[1].count == 1);
}

TEST_CASE("repository: a person's title stays, the model's replaces the first words") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  const auto set = [&](const char* title, const char* by) {
    return bench.write([&](db::Connection& c) { return ConversationRepository(c).set_title(id, title, by); });
  };
  CHECK(set("first words", titled_by::kWords));
  CHECK_FALSE(set("other words", titled_by::kWords));
  CHECK(set("by the model", titled_by::kModel));
  bench.change(id, {.title = "by hand"});
  CHECK_FALSE(set("by the model", titled_by::kModel));
  CHECK(bench.find(id)->title == "by hand");
}

TEST_CASE("repository: the model's tags only where a person gave none") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  const auto set = [&](std::vector<std::string> tags) {
    bench.write([&](db::Connection& c) { ConversationRepository(c).set_tags_if_none(id, tags); });
  };
  set({"pan", "horno"});
  CHECK(bench.find(id)->tags == std::vector<std::string>{"pan", "horno"});
  set({"other"});
  CHECK(bench.find(id)->tags == std::vector<std::string>{"pan", "horno"});
}

TEST_CASE("repository: the bin hides, gives back, and is emptied with all that hangs on it") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  const auto message = bench.add_message(id, "", {.content = "palabra"});
  bench.write([&](db::Connection& c) {
    MessageRepository(c).add_file(id, {"f", message, "image/png", "x"}, 1);
    ConversationRepository(c).share(id, "s", message, 1);
  });
  const auto bin = [&](const std::string& user) {
    return bench.write([&](db::Connection& c) { return ConversationRepository(c).move_to_bin(user, id, 100); });
  };
  CHECK_FALSE(bin(kBlas));
  CHECK(bin(kAna));
  CHECK_FALSE(bench.find(id).has_value());
  CHECK(bench.list({.search = "palabra"}).conversations.empty());
  CHECK(bench.write([&](db::Connection& c) { return ConversationRepository(c).restore(kAna, id); }));
  CHECK(bench.find(id).has_value());
  bin(kAna);
  const auto purge = [&](std::int64_t before) {
    return bench.write([&](db::Connection& c) { return ConversationRepository(c).purge(before, 10); });
  };
  CHECK(purge(100) == 0);
  CHECK(purge(101) == 1);
  for (const auto* table : {"SELECT count(*) FROM messages", "SELECT count(*) FROM files", "SELECT count(*) FROM shares",
                            "SELECT count(*) FROM message_search_docsize", "SELECT count(*) FROM conversation_search_docsize"})
    CHECK(bench.count(table) == 0);
}

TEST_CASE("repository: with a person goes everything of theirs, however long the branch") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  std::string parent;
  bench.write([&](db::Connection& c) {
    MessageRepository messages(c);
    for (int i = 0; i < 3000; ++i) {
      Message m;
      m.id = "m" + std::to_string(i);
      m.parent_id = parent;
      m.role = "user";
      messages.add(id, search_owner(kAna), m);
      parent = m.id;
    }
  });
  bench.write([](db::Connection& c) { c.execute("DELETE FROM users WHERE id = 'ana'"); });
  CHECK(bench.count("SELECT count(*) FROM messages") == 0);
}

TEST_CASE("repository: a share keeps its id, and is found by nothing else") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  const auto message = bench.add_message(id, "", {.content = "x"});
  const auto share = [&](const std::string& new_id) {
    return bench.write([&](db::Connection& c) { return ConversationRepository(c).share(id, new_id, message, 1); });
  };
  CHECK(share("s1") == "s1");
  CHECK(share("s2") == "s1");
  CHECK(bench.find(id)->share_id == "s1");
  const auto found = bench.read([](db::Connection& c) { return ConversationRepository(c).find_share("s1"); });
  REQUIRE(found.has_value());
  CHECK(found->owner == kAna);
  CHECK(found->leaf_id == message);
  CHECK_FALSE(bench.read([](db::Connection& c) { return ConversationRepository(c).find_share("s2"); }).has_value());
}
