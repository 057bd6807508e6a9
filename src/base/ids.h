// Ids: readable names made of random numbers that the caller hands in ("call_k3x9q0ab"). Callers: api/, engine/.
// Threads: any; pure. Not for secrets: 41 bits at 8 characters.
#pragma once
#include <cstdint>
#include <string>

namespace fragua {

inline std::string id_text(std::uint64_t random, std::size_t length = 8) {
  static constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string text(length, 'a');
  for (auto& c : text) {
    c = kLetters[random % 36];
    random /= 36;
  }
  return text;
}

}  // namespace fragua
