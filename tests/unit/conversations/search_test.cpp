#include "conversations/search.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

struct Bench : ConversationBench {
  ConversationPage search(const std::string& typed, const std::string& user = kAna) {
    ListQuery query;
    query.search = typed;
    return read([&](db::Connection& c) {
      return ConversationRepository(c).list(user, query, match_expression(search_owner(user), typed));
    });
  }
  std::size_t hits(const std::string& typed, const std::string& user = kAna) { return search(typed, user).conversations.size(); }
};

}  // namespace

TEST_CASE("search: words are found without their accents, by their beginning, in any order") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  bench.add_message(id, "", {.content = "La canción del niño que comió jamón en Málaga"});
  for (const auto* typed : {"cancion", "CANCIÓN", "jamon", "málaga niño", "MALAG", "  nino   can "}) CHECK_MESSAGE(bench.hits(typed) == 1, typed);
  for (const auto* typed : {"perro", "cancion perro", "ancion"}) CHECK_MESSAGE(bench.hits(typed) == 0, typed);
}

TEST_CASE("search: what was found is marked, with a piece of text around") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  bench.add_message(id, "", {.content = std::string(5000, '.') + " El jamón de Jabugo"});
  const auto page = bench.search("jamon");
  REQUIRE(page.conversations.size() == 1);
  REQUIRE(page.conversations[0].snippet.has_value());
  CHECK(page.conversations[0].snippet->find("\x01jamón\x02 de") != std::string::npos);
  CHECK(page.conversations[0].snippet->size() < 420);
}

TEST_CASE("search: titles are found too, and a new title is found instead of the old one") {
  Bench bench;
  Conversation titled;
  titled.title = "Viaje a Cádiz";
  const auto id = bench.add_conversation(kAna, 1, titled);
  CHECK(bench.hits("cadiz") == 1);
  bench.write([&](db::Connection& c) { ConversationRepository(c).change(kAna, id, {.title = "Viaje a Soria"}); });
  CHECK(bench.hits("cadiz") == 0);
  CHECK(bench.hits("soria") == 1);
}

TEST_CASE("search: nobody finds what is somebody else's, whatever is typed") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  bench.add_message(id, "", {.content = "secreto"});
  for (const auto* typed :
       {"secreto", "secreto\" OR search_owner : \"u616e61", "* OR secreto", "\" OR \"\"", "search_owner:u616e61", "u616e61", "secreto) OR (a", "NOT x",
        "NEAR(secreto)", "secreto AND", "^secreto", "{content}: secreto", "-", "'", "\"\"\"", "\xc2\xa0"})
    CHECK_MESSAGE(bench.hits(typed, kBlas) == 0, typed);
  CHECK(bench.hits("u616e61") == 0);   // the owner's own word is not a part of the text
}

TEST_CASE("search: signs alone find nothing, and many words are cut") {
  CHECK(match_expression("u1", " ¡") != "");
  CHECK(match_expression("u1", " !?*\"") == "");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "w" + std::to_string(i) + " ";
  CHECK(match_expression("u1", many).find("w12") == std::string::npos);
}

TEST_CASE("search: an answer is found when it is whole, and again after it went on") {
  Bench bench;
  const auto id = bench.add_conversation(kAna);
  Message answer{.role = "assistant", .status = "running"};
  answer.id = bench.add_message(id, "", answer);
  const auto with = [&](auto work) {
    bench.write([&](db::Connection& c) {
      MessageRepository messages(c);
      work(messages);
    });
  };
  with([&](MessageRepository& m) { m.save_text({answer.id, "media naranja", ""}); });
  CHECK(bench.hits("naranja") == 0);
  answer.content = "media naranja";
  answer.status = "stopped";
  with([&](MessageRepository& m) { m.finish(answer); });
  CHECK(bench.hits("naranja") == 1);
  with([&](MessageRepository& m) { m.start_again(answer.id); });
  CHECK(bench.hits("naranja") == 0);
  answer.content = "media naranja y limones";
  answer.status = "done";
  with([&](MessageRepository& m) { m.finish(answer); });
  CHECK(bench.hits("limones naranja") == 1);
}
