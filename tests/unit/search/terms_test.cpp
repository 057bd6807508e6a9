#include "search/terms.h"

#include <doctest/doctest.h>

using namespace fragua::search;

TEST_CASE("terms: the word itself comes first, then the stems that differ from it") {
  Terms spanish(Language::spanish), both(Language::unknown);
  CHECK(spanish.of({{"compañías"}}) == std::vector<std::string>{"companias", "compan"});
  CHECK(spanish.of({{"3", "5"}}) == std::vector<std::string>{"3 5"});
  CHECK(both.of({{"panthers"}}) == std::vector<std::string>{"panthers", "panther"});
}

TEST_CASE("terms: words that say nothing go, unless they are all there is") {
  CHECK(telling(words_of("la capital de la región"), Language::spanish).size() == 2);
  CHECK(telling(words_of("qué es eso"), Language::spanish).size() == 3);
  CHECK(telling({}, Language::spanish).empty());
}
