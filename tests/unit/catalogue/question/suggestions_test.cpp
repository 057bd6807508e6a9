#include "catalogue/question/suggestions.h"

#include <doctest/doctest.h>

#include "unit/catalogue/concerts.h"

using namespace fragua::catalogue;

namespace {

std::string suggested(std::string_view typed, std::size_t limit = 10) {
  static const FacetIndex index(tests::concert_catalogue());
  std::string all;
  for (const auto& one : suggest_values(index, typed, limit)) all += (all.empty() ? "" : ", ") + one.question;
  return all;
}

}  // namespace

TEST_CASE("suggestions: what is typed is completed with values, the most frequent first") {
  CHECK(suggested("va") == "Valencia");
  CHECK(suggested("ma") == "Madrid, Málaga, Palma de Mallorca");
  CHECK(suggested("ma", 1) == "Madrid");
  CHECK(suggested("thrash metal en val") == "thrash metal en Valencia");
  CHECK(suggested("san seb") == "San Sebastián");
  CHECK(suggested("londr") == "London");
  CHECK(suggested("xyz") == "");
  CHECK(suggested("") == "");
}
