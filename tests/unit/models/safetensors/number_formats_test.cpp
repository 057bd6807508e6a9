#include "models/safetensors/number_formats.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace fragua::models;

TEST_CASE("number formats: every F16 survives the way to F32 and back") {
  for (std::uint32_t bits = 0; bits <= 0xffff; ++bits) {
    const float value = float_of_f16(std::uint16_t(bits));
    if (std::isnan(value)) {
      CHECK(std::isnan(float_of_f16(f16_of_float(value))));
    } else if (f16_of_float(value) != bits) {
      FAIL("lost: " << bits);
    }
  }
}

TEST_CASE("number formats: F16 rounds to the nearest, ties to even") {
  struct Row {
    float value;
    std::uint16_t bits;
  };
  const float infinity = std::numeric_limits<float>::infinity();
  const std::vector<Row> rows{
      {0.0f, 0x0000},
      {-0.0f, 0x8000},
      {1.0f, 0x3c00},
      {-2.0f, 0xc000},
      {65504.0f, 0x7bff},
      {65519.996f, 0x7bff},
      {65520.0f, 0x7c00},
      {-1e30f, 0xfc00},
      {infinity, 0x7c00},
      {1.00048828125f, 0x3c00},  // half-way between 1 and its neighbour: to the even one
      {1.00146484375f, 0x3c02},  // half-way again, now upwards
      {1.000488400459f, 0x3c01},
      {0x1p-14f, 0x0400},
      {0x1p-24f, 0x0001},
      {0x1p-25f, 0x0000},
      {0x1.8p-25f, 0x0001},
      {0x1.8p-24f, 0x0002},
      {0x1.ffep-15f, 0x0400},
      {1e-30f, 0x0000},
  };
  for (const auto& row : rows) {
    CAPTURE(row.value);
    CHECK(f16_of_float(row.value) == row.bits);
  }
  CHECK(std::isnan(float_of_f16(f16_of_float(std::nanf("")))));
}

TEST_CASE("number formats: the nearest F16 is chosen for numbers in between") {
  for (int i = 1; i < 40'000; ++i) {
    const float value = float(i) * 1.6180339f * (i % 2 == 0 ? 1e-6f : 1e-1f);
    const auto bits = f16_of_float(value);
    const float error = std::abs(float_of_f16(bits) - value);
    if (error > std::abs(float_of_f16(std::uint16_t(bits + 1)) - value) ||
        error > std::abs(float_of_f16(std::uint16_t(bits - 1)) - value)) {
      FAIL("not the nearest: " << value);
    }
  }
}

TEST_CASE("number formats: BF16 is the upper half of F32") {
  CHECK(float_of_bf16(0x3f80) == 1.0f);
  CHECK(float_of_bf16(0xc040) == -3.0f);
  CHECK(std::isinf(float_of_bf16(0x7f80)));
}
