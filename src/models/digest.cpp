#include "models/digest.h"

#include "base/error.h"
#include "base/sha256.h"
#include "base/strings.h"

namespace fragua::models {

std::optional<Digest> Digest::parse(std::string_view text) {
  constexpr std::size_t kPrefix = 7;  // "sha256" and the separator
  constexpr std::size_t kHex = 64;
  if (text.size() != kPrefix + kHex || !text.starts_with("sha256")) return std::nullopt;
  if (text[6] != ':' && text[6] != '-') return std::nullopt;
  auto hex = lowercase(text.substr(kPrefix));
  if (hex.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  return Digest(std::move(hex));
}

Digest Digest::require(std::string_view text) {
  auto digest = parse(text);
  if (!digest) throw Error(ErrorCode::invalid_argument, "invalid digest format");
  return *std::move(digest);
}

Digest Digest::of(std::string_view bytes) { return Digest(sha256_hex(bytes)); }

}  // namespace fragua::models
