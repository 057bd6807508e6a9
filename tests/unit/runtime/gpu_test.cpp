#include "runtime/gpu.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <sstream>

using namespace fragua;

namespace {

// What the driver's own program says: "name, use, temperature, used MiB, total MiB", a line a card.
std::string told_by_the_driver() {
  std::string text;
  std::FILE* pipe = ::popen("nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits 2>/dev/null", "r");
  if (!pipe) return text;
  char buffer[512];
  while (std::fgets(buffer, sizeof buffer, pipe)) text += buffer;
  ::pclose(pipe);
  return text;
}

}  // namespace

TEST_CASE("gpus: as many cards as the driver's own program names, with their names and memory") {
  std::istringstream lines(told_by_the_driver());
  const auto cards = Gpus().sample();
  std::string line;
  std::size_t count = 0;
  while (std::getline(lines, line)) {
    REQUIRE(count < cards.size());
    const auto& card = cards[count++];
    const auto comma = line.rfind(", ");
    CHECK(card.name == line.substr(0, comma));
    CHECK(double(card.memory_total_bytes) / double(1 << 20) == doctest::Approx(std::stod(line.substr(comma + 2))).epsilon(0.01));
    CHECK(card.memory_used_bytes <= card.memory_total_bytes);
    CHECK(card.use_percent <= 100);
    CHECK(card.temperature_c > 0);
  }
  CHECK(cards.size() == count);
}

TEST_CASE("gpus: a second look gives the same cards") {
  Gpus gpus;
  CHECK(gpus.sample().size() == gpus.sample().size());
}
