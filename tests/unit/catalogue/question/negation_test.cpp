#include "catalogue/question/negation.h"

#include <doctest/doctest.h>

#include "unit/catalogue/concerts.h"

using namespace fragua::catalogue;

namespace {

// The values that are not wanted, in brackets.
std::string excluded(std::string_view text) {
  static const FacetIndex index(tests::concert_catalogue());
  Question question(text);
  auto mentions = match_facets(index, question);
  exclude_negated(question, mentions);
  std::string all;
  for (const auto& mention : mentions) {
    const auto& value = index.value(mention.meaning);
    all += (all.empty() ? "" : " ") + (mention.is_excluded ? "[" + value + "]" : value);
  }
  return all;
}

}  // namespace

TEST_CASE("negation: it says no to what stands behind it, and to a list that goes on") {
  CHECK(excluded("que no sea death metal en Londres") == "[death metal] London");
  CHECK(excluded("todo menos punk y thrash") == "[punk rock] [thrash metal]");
  CHECK(excluded("sin death ni black metal") == "[death metal] [black metal]");
  CHECK(excluded("anything except punk in Madrid") == "[punk rock] Madrid");
  CHECK(excluded("I don't want doom metal") == "[doom metal]");
  CHECK(excluded("no quiero punk, quiero thrash") == "[punk rock] thrash metal");
  CHECK(excluded("sense hard rock") == "[hard rock]");
  CHECK(excluded("conciertos que no estén en Londres") == "[London]");
  CHECK(excluded("punk sin ser en Madrid") == "punk rock [Madrid]");
}

TEST_CASE("negation: fewer is not without") {
  CHECK(excluded("¿qué género tiene menos conciertos en Valencia?") == "Valencia");
  CHECK(excluded("¿dónde hay menos conciertos de punk?") == "punk rock");
  CHECK(excluded("todo menos conciertos de punk") == "[punk rock]");
}

TEST_CASE("negation: it may stand behind") {
  CHECK(excluded("Valencia no, Madrid") == "[Valencia] Madrid");
  CHECK(excluded("death metal no, gracias") == "[death metal]");
  CHECK(excluded("punk no quiero") == "[punk rock]");
}

TEST_CASE("negation: a question, or what ends before, says no to nothing") {
  CHECK(excluded("¿no hay punk en Madrid?") == "punk rock Madrid");
  CHECK(excluded("concierto en Madrid, ¿no?") == "Madrid");
  CHECK(excluded("en Madrid no hay punk") == "Madrid punk rock");
  CHECK(excluded("concertos no London com preço baixo") == "London");   // Portuguese: in London
  CHECK(excluded("no Porto não") == excluded("Porto não"));
}
