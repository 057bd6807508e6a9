// Secret: a string that prints as [secret] wherever it is logged, described or formatted by accident.
// Callers: whoever holds a token or a password. Threads: any. reveal() is the only way to the bytes.
#pragma once
#include <string>

namespace fragua {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  std::string shown() const { return empty() ? "" : "[secret]"; }

 private:
  std::string value_;
};

}  // namespace fragua
