#include "catalogue/question/near_values.h"

#include <doctest/doctest.h>

#include "unit/catalogue/concerts.h"

using namespace fragua::catalogue;

namespace {

std::string near(std::string_view text, const std::vector<std::string>& known = {}) {
  static const FacetIndex index(tests::concert_catalogue());
  const auto reading = read_question(index, text, *parse_day("2025-11-10"));
  std::string all;
  for (const auto& one : near_values(index, reading, known))
    all += (all.empty() ? "" : ", ") + reading.question.text_of(one.span) + ">" + index.catalogue().facets[one.facet].values[one.value].value;
  return all;
}

}  // namespace

TEST_CASE("near values: badly mistyped words are near to what they could be") {
  CHECK(near("conciertos en Belensya") == "Belensya>Valencia");
  CHECK(near("symphoncik-metal") == "");   // the rules know it
  CHECK(near("un pirata en la luna") == "");
  CHECK(near("jazz en Tokio") == "");
  CHECK(near("Metallica") == "");
}

TEST_CASE("near values: what is named already, or stands in the texts, is not asked about") {
  CHECK(near("Belensya o Madrid") == "");
  CHECK(near("Belensya", {"belensya"}) == "");
}
