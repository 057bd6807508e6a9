#include "runtime/gpu.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "runtime/run_program.h"

using namespace fragua;

namespace {

// "name, memory in MiB" of each card, as the driver's own program says it; none without that program.
std::vector<std::string> told_by_the_driver() {
  std::vector<std::string> lines;
  try {
    run_program({"nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"},
                [&](const std::string& line) { lines.push_back(line); });
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unavailable);
  }
  return lines;
}

}  // namespace

TEST_CASE("gpus: as many cards as the driver's own program names, with their names and memory") {
  const auto lines = told_by_the_driver();
  const auto cards = Gpus().sample();
  REQUIRE(cards.size() == lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& card = cards[i];
    const auto& line = lines[i];
    const auto comma = line.rfind(", ");
    CHECK(card.name == line.substr(0, comma));
    CHECK(double(card.memory_total_bytes) / double(1 << 20) == doctest::Approx(std::stod(line.substr(comma + 2))).epsilon(0.01));
    CHECK(card.memory_used_bytes <= card.memory_total_bytes);
    CHECK(card.use_percent <= 100);
    CHECK(card.temperature_c > 0);
  }
}

TEST_CASE("gpus: a second look gives the same cards") {
  Gpus gpus;
  CHECK(gpus.sample().size() == gpus.sample().size());
}
