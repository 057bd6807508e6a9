// The 16-bit floats of model files: to and from F32. Callers: models/safetensors. Threads: any; pure functions.
// Rounds to nearest, ties to even, as the tools that made the published files do.
#pragma once
#include <bit>
#include <cstdint>

namespace fragua::models {

constexpr float float_of_bf16(std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t(bits) << 16); }

constexpr float float_of_f16(std::uint16_t bits) {
  const std::uint32_t sign = std::uint32_t(bits & 0x8000u) << 16;
  const std::uint32_t exponent = bits >> 10 & 0x1fu;
  const std::uint32_t fraction = bits & 0x3ffu;
  if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000u | fraction << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  constexpr float kSmallest = 1.0f / (1 << 24);  // the value of the last bit of a subnormal
  const float magnitude = float(fraction) * kSmallest;
  return sign ? -magnitude : magnitude;
}

// Values beyond 65504 become infinite.
constexpr std::uint16_t f16_of_float(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = std::uint16_t(bits >> 16 & 0x8000u);
  const std::uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return std::uint16_t(sign | 0x7e00u | (magnitude >> 13 & 0x3ffu));  // NaN stays NaN
  if (magnitude >= 0x477ff000u) return std::uint16_t(sign | 0x7c00u);  // rounds to 65536 or more
  if (magnitude < 0x38800000u) {                                       // subnormal: let the addition round
    constexpr float kAlign = 0.5f;                                     // its last bit has the weight of F16's
    const float aligned = std::bit_cast<float>(magnitude) + kAlign;
    return std::uint16_t(sign | (std::bit_cast<std::uint32_t>(aligned) - std::bit_cast<std::uint32_t>(kAlign)));
  }
  const std::uint32_t odd = magnitude >> 13 & 1u;
  return std::uint16_t(sign | ((magnitude - 0x38000000u + 0xfffu + odd) >> 13));
}

}  // namespace fragua::models
