#include "catalogue/question/facet_index.h"

#include <doctest/doctest.h>

#include "unit/catalogue/concerts.h"

using namespace fragua::catalogue;

namespace {

std::string meaning(const FacetIndex& index, const std::string& words) {
  const auto* found = index.find(words);
  if (!found) found = index.find_form(words);
  if (!found) return "";
  std::string text = index.catalogue().facets[found->facet].field + ":";
  for (std::size_t i = 0; i < found->values.size(); ++i) text += " " + index.value(*found, i);
  return text;
}

}  // namespace

TEST_CASE("facet index: values are found by themselves, their names, and words that only they have") {
  const FacetIndex index(tests::concert_catalogue());
  CHECK(meaning(index, "thrash metal") == "genre: thrash metal");
  CHECK(meaning(index, "metal thrash") == "genre: thrash metal");
  CHECK(meaning(index, "thrashmetal") == "genre: thrash metal");
  CHECK(meaning(index, "thrash") == "genre: thrash metal");
  CHECK(meaning(index, "londres") == "city: London");
  CHECK(meaning(index, "donostia") == "city: San Sebastián");
  CHECK(meaning(index, "punks") == "genre: punk rock");
  CHECK(meaning(index, "a coruna") == "city: A Coruña");
  CHECK(meaning(index, "coruna") == "city: A Coruña");
  CHECK(meaning(index, "san") == "");
  CHECK(meaning(index, "jazz") == "");
  CHECK(index.find("thrash")->level == Level::part);
  CHECK(index.find("londres")->level == Level::name);
}

TEST_CASE("facet index: a word that many values have is the value called so, or their family") {
  auto catalogue = tests::concert_catalogue();
  CHECK(meaning(FacetIndex(catalogue), "metal") == "category: Metal");
  catalogue.facets.pop_back();
  const FacetIndex index(catalogue);
  CHECK(meaning(index, "metal") == "genre: thrash metal death metal doom metal symphonic metal black metal");
  CHECK(index.find("metal")->level == Level::family);
  CHECK(meaning(index, "rock") == "genre: punk rock indie rock hard rock classic rock");
}

TEST_CASE("facet index: a catalogue without facets has no meanings") {
  const FacetIndex index{Catalogue{}};
  CHECK(index.find("metal") == nullptr);
  CHECK(index.find_form("metal") == nullptr);
  CHECK(index.vocabulary().empty());
}
