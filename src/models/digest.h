// Digest: a SHA-256 that is well formed by construction. Blob paths are made from Digests only, so that no text from a
// manifest, a registry or a request can ever name another file.
// Callers: models/, api/ (blobs). Threads: any; a plain value.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace fragua::models {

class Digest {
 public:
  // "sha256:<64 hex>" or "sha256-<64 hex>", nothing around it; hex of either case, kept as lower case.
  static std::optional<Digest> parse(std::string_view text);
  // Error(invalid_argument, "invalid digest format").
  static Digest require(std::string_view text);
  static Digest of(std::string_view bytes);

  const std::string& hex() const { return hex_; }
  std::string text() const { return "sha256:" + hex_; }
  std::string file_name() const { return "sha256-" + hex_; }

  auto operator<=>(const Digest&) const = default;

 private:
  explicit Digest(std::string hex) : hex_(std::move(hex)) {}
  std::string hex_;
};

}  // namespace fragua::models
