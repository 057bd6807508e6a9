#include "cli/members.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("members: what is missing or of another type is empty") {
  const auto object =
      parse_json(R"({"n":5,"d":2.9,"big":1e300,"s":"x","a":["x",1,"y"],"o":{"k":1},"t":true,"z":null})").as_object();
  CHECK(integer_member(object, "n") == 5);
  CHECK(integer_member(object, "d") == 2);
  CHECK(integer_member(object, "big") == 0);
  CHECK(integer_member(object, "s") == 0);
  CHECK(integer_member(object, "missing") == 0);
  CHECK(strings_member(object, "a") == std::vector<std::string>{"x", "y"});
  CHECK(object_member(object, "o").size() == 1);
  CHECK(object_member(object, "a").empty());
  CHECK(array_member(object, "s").empty());
  CHECK(boolean_member(object, "t"));
  CHECK_FALSE(boolean_member(object, "z"));
  CHECK(plain_text(object.at("s")) == "x");
  CHECK(plain_text(object.at("n")) == "5");
}
