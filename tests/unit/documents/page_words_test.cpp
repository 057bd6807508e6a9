#include "documents/page_words.h"

#include <doctest/doctest.h>

using namespace fragua::documents;

TEST_CASE("page words: what is packed comes back, places to a thousandth of a page") {
  const std::vector<Word> words{{"Fragua", {0.1F, 0.2F, 0.3F, 0.25F}}, {"ñandú", {0, 0, 1, 1}}, {"", {0.5F, 0.5F, 0.5F, 0.5F}}};
  const auto back = unpack_words(pack_words(words));
  REQUIRE(back.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(back[i].text == words[i].text);
    CHECK(back[i].box.x0 == doctest::Approx(words[i].box.x0).epsilon(0.001));
    CHECK(back[i].box.y1 == doctest::Approx(words[i].box.y1).epsilon(0.001));
  }
}

TEST_CASE("page words: damaged bytes end the list, and places outside the page are moved to its edge") {
  const auto bytes = pack_words({{"uno", {-1, 2, 0.5F, 0.5F}}, {"dos", {0, 0, 1, 1}}});
  const auto back = unpack_words(std::string_view(bytes).substr(0, bytes.size() - 3));
  REQUIRE(back.size() == 1);
  CHECK(back[0].box.x0 == 0);
  CHECK(back[0].box.y0 == 1);
}
