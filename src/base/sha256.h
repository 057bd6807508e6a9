// SHA-256, whole or in steps (OpenSSL's). Callers: models/, engine/ (cache keys).
// Threads: one Sha256 per thread. Not for passwords or signatures.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace fragua {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  void update(std::string_view bytes);
  std::string hex();  // ends the computation; lower case, 64 characters

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace fragua
