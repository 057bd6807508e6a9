// Tokens: sessions' and API keys' secrets (256 random bits as text), and the SHA-256 under which they are stored. Fast hashing is enough:
// they cannot be guessed. Callers: accounts/. Threads: any; pure.
#pragma once
#include <string>

#include "base/entropy.h"
#include "base/secret.h"

namespace fragua::accounts {

std::string new_id(const Entropy& entropy);              // 128 bits, for names in URLs
Secret new_session_token(const Entropy& entropy);
Secret new_api_key(const Entropy& entropy);              // "sk-…"
std::string hint_of(const Secret& api_key);              // "sk-ab12…"
std::string token_hash(const Secret& token);

}  // namespace fragua::accounts
