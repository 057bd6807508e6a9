#include "catalogue/datasets/chat_set.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "unit/catalogue/concerts.h"

using namespace fragua;
using namespace fragua::catalogue;

TEST_CASE("chat set: three conversations in general, then one about each item, in words of its fields") {
  Item item;
  item.key = "e1";
  item.fields = parse_json(R"({"id": "e1", "name": "Valencia Thrash Attack", "genre": "thrash metal", "city": "Valencia", "date": "2025-11-14 21:00:00", "price": 25,
                              "description": "Una noche de thrash."})").as_object();
  const auto set = chat_set(tests::concert_catalogue(), {item}, 1);
  REQUIRE(set.size() == kGeneralChats + 1);
  CHECK(set[0].turns[1].content.starts_with("Tenemos 10 conciertos. género: "));
  CHECK(set[1].turns[1].content == "Del 2025-11-14 al 2026-03-28.");
  CHECK(set[2].turns[1].content == "Desde 12 € hasta 60 €.");
  CHECK(set[3].turns[0].content.find("Valencia Thrash Attack") != std::string::npos);
  CHECK(set[3].turns[1].content ==
        "Valencia Thrash Attack [e1]. género: thrash metal; ciudad: Valencia; fecha: 2025-11-14 21:00:00; precio: 25 €. Una noche de thrash.");
  CHECK(set[3].group == "e1");
}

TEST_CASE("chat set: a catalogue without days and prices says nothing of them") {
  Catalogue catalogue;
  catalogue.words = {"curso", "cursos"};
  catalogue.items = 2;
  const auto set = chat_set(catalogue, {}, 1);
  REQUIRE(set.size() == 3);
  CHECK(set[1].turns[1].content == "Sí: tenemos 2 cursos.");
}
