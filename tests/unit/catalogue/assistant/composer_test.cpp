#include "catalogue/assistant/composer.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

namespace {

struct ComposerBench {
  ParrotWriter writer;
  Composer composer{writer};
  Pieces pieces;
  Facts facts = facts_for("conciertos en Valencia");

  Composed compose(const std::string& text) {
    writer.text = text;
    ComposeRequest request{shop(), facts, Tongue::spanish, "ana", "metalhead", {}};
    return run_task(composer.compose(std::move(request), std::make_shared<fragua::documents::AnswerControl>(), pieces));
  }
};

}  // namespace

TEST_CASE("composer: sentences are told as they are checked, and those that are not borne out are not") {
  ComposerBench bench;
  const auto composed = bench.compose("Tenemos 4 conciertos en Valencia. Metallica toca mañana. Valencia Thrash Attack [evt-10] cuesta 25 €. El más barato cuesta 3 €.");
  CHECK(composed.text == "Tenemos 4 conciertos en Valencia. Valencia Thrash Attack [evt-10] cuesta 25 €.");
  CHECK(bench.pieces.text() == composed.text);
  CHECK(bench.pieces.pieces.size() == 2);
  REQUIRE(composed.refused.size() == 2);
  CHECK(composed.refused[1].starts_with("3: "));
  CHECK(composed.figures.answer_tokens == 12);
}

TEST_CASE("composer: when nothing can be said nothing is") {
  ComposerBench bench;
  CHECK(bench.compose("Metallica toca en Tokio. Cuesta 99 €.").text.empty());
  CHECK(bench.compose("").text.empty());
  CHECK(bench.pieces.pieces.empty());
}

TEST_CASE("composer: what repeats itself or never ends is cut off") {
  ComposerBench bench;
  CHECK(bench.compose("Hay conciertos. Hay conciertos. Hay conciertos.").text == "Hay conciertos.");
  CHECK(bench.compose(std::string(5000, 'a')).text.empty());
}

TEST_CASE("composer: the model writes without chance and of bounded length, unless the options say otherwise") {
  ComposerBench bench;
  bench.compose("Hola.");
  const auto& asked = bench.writer.asked.front();
  CHECK(asked.options.at("temperature") == 0.0);
  CHECK(asked.options.at("num_predict") == 160);
  CHECK(asked.model == "metalhead");
  CHECK(asked.user == "ana");
}
