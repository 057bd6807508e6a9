#include "cli/embed.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("embed: vectors are written with the digits of a float and read back equal") {
  const json::array vector{0.1, -0.25, 1, 1e-8};
  CHECK(vector_text(vector) == "[0.1,-0.25,1,1e-08]");
  CHECK(parse_json(vector_text(vector)).as_array().size() == 4);
  CHECK(vector_text({}) == "[]");
}
