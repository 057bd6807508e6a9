#include "catalogue/ready_generation.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

TEST_CASE("ready generation: its text, its end, and then nothing") {
  ImportBench bench;
  ReadyGeneration generation("419");
  const auto text = bench.run(generation.next());
  REQUIRE(text);
  CHECK(std::get<engine::Delta>(*text).content == "419");
  const auto end = bench.run(generation.next());
  REQUIRE(end);
  CHECK(std::get<engine::Done>(*end).reason == "stop");
  CHECK(!bench.run(generation.next()));
}

TEST_CASE("ready generation: a cancelled one says nothing more") {
  ImportBench bench;
  ReadyGeneration generation("419");
  generation.cancel();
  CHECK(!bench.run(generation.next()));
}
