#include "runtime/machine.h"

#include <doctest/doctest.h>

using namespace fragua;

TEST_CASE("machine: this one has memory, and this process some of it") {
  const auto sample = sample_machine();
  CHECK(sample.memory_total_bytes > sample.memory_available_bytes);
  CHECK(sample.own_bytes > 0);
  CHECK(sample.total >= sample.busy);
}

TEST_CASE("machine: the share of busy time is between two samples") {
  CHECK(cpu_percent({.busy = 100, .total = 1000}, {.busy = 150, .total = 1100}) == doctest::Approx(50));
  CHECK(cpu_percent({.busy = 100, .total = 1000}, {.busy = 100, .total = 1000}) == doctest::Approx(0));
}
