#include "catalogue/question/facet_matcher.h"

#include <doctest/doctest.h>

#include "unit/catalogue/concerts.h"

using namespace fragua::catalogue;

namespace {

std::string matched(std::string_view text) {
  static const FacetIndex index(tests::concert_catalogue());
  Question question(text);
  std::string all;
  for (const auto& mention : match_facets(index, question))
    all += (all.empty() ? "" : ", ") + index.value(mention.meaning) + (mention.is_typo ? "~" : "");
  return all;
}

}  // namespace

TEST_CASE("facet matcher: the longest words that mean something come first") {
  CHECK(matched("thrash metal en Valencia") == "thrash metal, Valencia");
  CHECK(matched("punk rock y hard rock en A Coruña o Londres") == "punk rock, hard rock, A Coruña, London");
  CHECK(matched("metal") == "Metal");
  CHECK(matched("punk, rock") == "punk rock, Rock");
  CHECK(matched("") == "");
}

TEST_CASE("facet matcher: mistyped words are what only they can be") {
  CHECK(matched("trhash metal en balensia") == "thrash metal~, Valencia~");
  CHECK(matched("simphonic metal madird") == "symphonic metal~, Madrid~");
  CHECK(matched("san sebastien") == "San Sebastián~");
  CHECK(matched("death metl, hard roc") == "death metal~, hard rock~");
  CHECK(matched("funk rock") == "Rock");
  CHECK(matched("roc") == "");
  CHECK(matched("indie roxk, doom metak") == "indie rock~, doom metal~");
  CHECK(matched("funk en Parma") == "");
  CHECK(matched("jazz en Tokio") == "");
  CHECK(matched("para una noche en la sala") == "");
}

TEST_CASE("facet matcher: what a short word cannot mean alone still stands in the way of what it could") {
  Catalogue catalogue;
  catalogue.facets = {{"city", "city", {{"palma", 1, {}}, {"palmas", 1, {}}}}};
  const FacetIndex index(catalogue);
  Question question("palms");
  CHECK(match_facets(index, question).empty());
}

TEST_CASE("facet matcher: a word between two values is neither") {
  Catalogue catalogue;
  catalogue.facets = {{"colour", "colour", {{"marrones", 1, {}}, {"narrones", 1, {}}}}};
  const FacetIndex index(catalogue);
  Question question("arrones");
  CHECK(match_facets(index, question).empty());
  Question clear("narronez");
  CHECK(match_facets(index, clear).size() == 1);
}
