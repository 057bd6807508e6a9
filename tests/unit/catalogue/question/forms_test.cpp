#include "catalogue/question/forms.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("forms: number and gender make no other word") {
  CHECK(base_form("punks") == base_form("punk"));
  CHECK(base_form("metales") == base_form("metal"));
  CHECK(base_form("sinfonicas") == base_form("sinfonico"));
  CHECK(base_form("roma") != base_form("romo"));
  CHECK(base_form("brass") == "brass");
}

TEST_CASE("forms: what sounds alike in Spanish is spelled in many ways") {
  CHECK(sound_of("balensia") == sound_of("valencia"));
  CHECK(sound_of("trash") == sound_of("thrash"));
  CHECK(sound_of("sebilla") == sound_of("sevilla"));
  CHECK(sound_of("zaragosa") == sound_of("saragoza"));
  CHECK(sound_of("madrid") != sound_of("merida"));
}

TEST_CASE("forms: a distance counts swapped neighbours once and stops at its limit") {
  CHECK(distance("madrid", "madird", 2) == 1);
  CHECK(distance("madrid", "madri", 2) == 1);
  CHECK(distance("madrid", "malaga", 2) == 3);
  CHECK(distance("", "ab", 2) == 2);
  CHECK(distance(std::string(100, 'a'), std::string(100, 'a'), 1) == 2);
}

TEST_CASE("forms: short words must be right, longer ones may slip") {
  CHECK(slips("vlencia", "valencia") == 1);
  CHECK(slips("barcelnoa", "barcelona") == 1);
  CHECK(slips("barclna", "barcelona") == kNotMeant);   // seven letters: one slip
  CHECK(slips("barclona", "barcelona") == 1);
  CHECK(slips("olso", "oslo") == 1);
  CHECK(slips("avlencia", "valencia") == 1);
  CHECK(slips("alencia", "valencia") == 1);
  CHECK(slips("hmburgo", "hamburgo") == 1);
  CHECK(slips("gjion", "gijon") == 1);
  for (const auto& [typed, known] : {std::pair("parma", "palma"), {"palencia", "valencia"}, {"colonia", "polonia"}, {"punch", "punk"}, {"funk", "punk"}, {"card", "hard"}, {"leon", "lyon"}, {"tokio", "porto"}, {"jazz", "jaz"}}) {
    CAPTURE(typed);
    CHECK(slips(typed, known) == kNotMeant);
  }
}

TEST_CASE("forms: beside words that are right a short one may slip too") {
  const auto likeness = [](std::string_view typed, std::string_view known) { return slip_between(typed, known).likeness; };
  CHECK(likeness("metl", "metal") == Likeness::company);
  CHECK(likeness("metak", "metal") == Likeness::company);
  CHECK(likeness("rok", "rock") == Likeness::company);
  CHECK(likeness("punt", "punk") == Likeness::proof);
  CHECK(likeness("funk", "punk") == Likeness::none);
  CHECK(likeness("punc", "punk") == Likeness::sure);   // it sounds the same
  CHECK(likeness("pop", "prog") == Likeness::none);
}
