#include "catalogue/assistant/conversation.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;
using Values = std::vector<std::string>;

namespace {

Asked after(std::vector<ChatTurn> turns, const std::string& question) {
  ShopReader reader;
  return run_task(read_in_context(reader, shop(), question, std::move(turns)));
}

}  // namespace

TEST_CASE("conversation: a follow-up takes over what it does not say itself") {
  const auto asked = after({{"user", "¿Cuántos conciertos de death metal hay en Valencia?"}, {"assistant", "Tenemos 2."}}, "¿y en Bilbao?");
  CHECK(asked.intention.intent == Intent::count);
  CHECK(asked.understanding.filter.facets.at("city") == Values{"Bilbao"});
  CHECK(asked.understanding.filter.facets.at("genre") == Values{"death metal"});
}

TEST_CASE("conversation: follow-ups of follow-ups, with talk between them") {
  const auto asked = after({{"user", "conciertos de thrash"}, {"assistant", "…"}, {"user", "¿y en Madrid?"}, {"assistant", "…"}, {"user", "gracias"}, {"assistant", "…"}}, "¿cuál es el más barato?");
  CHECK(asked.intention.intent == Intent::cheapest);
  CHECK(asked.understanding.filter.facets.at("city") == Values{"Madrid"});
  CHECK(asked.understanding.filter.facets.at("genre") == Values{"thrash metal"});
}

TEST_CASE("conversation: a question that stands alone forgets what was before") {
  const auto asked = after({{"user", "conciertos de thrash"}}, "¿Cuántos conciertos hay en Madrid?");
  CHECK_FALSE(asked.understanding.filter.facets.contains("genre"));
  CHECK(asked.intention.intent == Intent::count);
}

TEST_CASE("conversation: more of the same begins where the answer ended") {
  const auto asked = after({{"user", "conciertos en Madrid"}, {"assistant", "…"}}, "dame más");
  CHECK(asked.understanding.filter.offset == kItemsShown);
  CHECK(asked.understanding.filter.facets.at("city") == Values{"Madrid"});
  const auto again = after({{"user", "conciertos en Madrid"}, {"assistant", "…"}, {"user", "dame más"}, {"assistant", "…"}}, "más");
  CHECK(again.understanding.filter.offset == 2 * kItemsShown);
}

TEST_CASE("conversation: what an answer named can be pointed at") {
  const auto asked = after({{"user", "el próximo concierto"}, {"assistant", "El próximo es X [evt-6], mañana."}}, "¿cuánto cuesta?");
  CHECK(asked.pointed_at == Values{"evt-6"});
  CHECK(after({{"user", "el próximo concierto"}, {"assistant", "X [evt-6]"}}, "¿Cuánto cuestan los conciertos de Madrid?").pointed_at.empty());
}

TEST_CASE("conversation: keys of an answer, each once and of bounded number") {
  CHECK(cited_keys("a [evt-1], b [evt-2] y otra vez [evt-1]") == Values{"evt-1", "evt-2"});
  CHECK(cited_keys("[").empty());
  CHECK(cited_keys("[]").empty());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "[" + std::to_string(i) + "]";
  CHECK(cited_keys(many).size() == 20);
}

TEST_CASE("conversation: turns are what people and assistant said before the question") {
  using fragua::engine::Message;
  const auto message = [](const char* role, const char* content) {
    Message made;
    made.role = role;
    made.content = content;
    return made;
  };
  const auto turns = turns_of({message("system", "s"), message("user", "a"), message("assistant", "b"), message("user", "c")});
  REQUIRE(turns.size() == 2);
  CHECK(turns[0].content == "a");
  CHECK(turns[1].content == "b");
  CHECK(turns_of({}).empty());
  CHECK(turns_of({message("assistant", "x")}).empty());
}
