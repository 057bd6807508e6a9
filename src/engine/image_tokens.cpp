#include "engine/image_tokens.h"

#include <algorithm>

#include "base/sha256.h"

namespace fragua::engine {

namespace {

// The lowest bit tells a part's first token from those that go on.
constexpr Token kNegative = std::int32_t(0x80000000);
constexpr std::size_t kHexOfToken = 8;
constexpr std::size_t kTokensOfDigest = 64 / kHexOfToken;

}  // namespace

std::vector<Token> image_tokens(const std::string& digest, std::size_t part, std::size_t count) {
  const auto hash = sha256_hex(digest + "/" + std::to_string(part));
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < count; ++i) {
    const auto bits =
        std::uint32_t(std::stoul(hash.substr(i % kTokensOfDigest * kHexOfToken, kHexOfToken), nullptr, 16));
    tokens.push_back(kNegative | Token(bits & 0x7FFFFFFEu) | Token(i == 0));
  }
  return tokens;
}

std::size_t text_length(std::span<const Token> tokens, std::size_t first) {
  const auto from = tokens.begin() + std::ptrdiff_t(first);
  return std::size_t(std::find_if(from, tokens.end(), is_image) - from);
}

bool divides_image(std::span<const Token> tokens, std::size_t at) {
  return at < tokens.size() && is_image(tokens[at]) && (tokens[at] & 1) == 0;
}

std::vector<Token> without_images(std::span<const Token> tokens) {
  std::vector<Token> text;
  std::copy_if(tokens.begin(), tokens.end(), std::back_inserter(text), [](Token token) { return !is_image(token); });
  return text;
}

}  // namespace fragua::engine
