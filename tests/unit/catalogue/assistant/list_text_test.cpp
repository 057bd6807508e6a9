#include "catalogue/assistant/list_text.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::catalogue::assistant;

namespace {

json::array list(const char* text) { return json::parse(text).as_array(); }

const json::array kZones = list(R"([{"name":"Pista General","price":16,"available":840},{"name":"VIP","price":48.5,"available":60}])");

}  // namespace

TEST_CASE("list text: kinds of tickets have their prices") {
  CHECK(list_text(kZones, "EUR", Tongue::spanish) == "Pista General 16 € y VIP 48,50 €");
  CHECK(list_text(kZones, "EUR", Tongue::english) == "Pista General €16 and VIP €48.50");
}

TEST_CASE("list text: texts are told, what programs read is not") {
  CHECK(list_text(list(R"(["parking","bar","wifi"])"), "EUR", Tongue::spanish) == "parking, bar y wifi");
  CHECK(list_text(list(R"(["/img/a.jpg","https://example.org/b.png",7,null,[1]])"), "EUR", Tongue::spanish).empty());
  CHECK(list_text({}, "EUR", Tongue::spanish).empty());
}

TEST_CASE("list text: a list may stand in a text; a text that only begins like one is none") {
  REQUIRE(list_in(json::value(R"(["a","b"])")));
  CHECK(list_in(json::value(R"(["a","b"])"))->size() == 2);
  CHECK(list_in(json::value(kZones))->size() == 2);
  CHECK_FALSE(list_in(json::value("[agotado] gira de despedida")));
  CHECK_FALSE(list_in(json::value(7)));
}

TEST_CASE("list text: a question may name one of what has a price") {
  CHECK(names_priced(kZones, folded_words("¿cuánto cuesta la entrada VIP?")));
  CHECK(names_priced(kZones, folded_words("precio de pista")));
  CHECK_FALSE(names_priced(kZones, folded_words("¿a qué hora es?")));
  CHECK_FALSE(names_priced(list(R"(["vip"])"), folded_words("vip")));
}
