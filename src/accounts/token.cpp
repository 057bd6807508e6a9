#include "accounts/token.h"

#include "base/sha256.h"

namespace fragua::accounts {

namespace {

// 64 letters that a URL, a header and a double click take whole.
std::string letters_of(const std::string& bytes) {
  static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";
  std::string text;
  for (const unsigned char byte : bytes) text += kLetters[byte & 63];
  return text;
}

}  // namespace

// 6 bits a letter at most: 24 letters hold more than 128 bits, 48 more than 256.
std::string new_id(const Entropy& entropy) { return letters_of(entropy(24)); }
Secret new_session_token(const Entropy& entropy) { return Secret(letters_of(entropy(48))); }
Secret new_api_key(const Entropy& entropy) { return Secret("sk-" + letters_of(entropy(48))); }
std::string hint_of(const Secret& api_key) { return api_key.reveal().substr(0, 7) + "…"; }
std::string token_hash(const Secret& token) { return sha256_hex(token.reveal()); }

}  // namespace fragua::accounts
