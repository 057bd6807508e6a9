#include "catalogue/assistant/phrasebook.h"

#include <doctest/doctest.h>

#include "catalogue/assistant/tongue.h"

using namespace fragua::catalogue::assistant;

TEST_CASE("phrasebook: every language can say everything") {
  for (std::size_t i = 0; i < kTongues; ++i) {
    const auto& book = phrasebook(Tongue(i));
    // All members are texts: none may have been left out of a language's list.
    const auto* phrases = reinterpret_cast<const std::string_view*>(&book);
    for (std::size_t phrase = 0; phrase < sizeof(Phrasebook) / sizeof(std::string_view); ++phrase) {
      CAPTURE(i);
      CAPTURE(phrase);
      CHECK_FALSE(phrases[phrase].empty());
    }
  }
}
