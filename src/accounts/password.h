// Passwords: Argon2id (libsodium), as RFC 9106 recommends for interactive use: 64 MiB, 2 passes. Callers: accounts/service.
// Threads: any; each call takes some 50 ms and 64 MiB, so it runs on a small pool of its own.
// Never stores or logs a password.
#pragma once
#include <string>

#include "base/secret.h"

namespace fragua::accounts {

constexpr std::size_t kPasswordMinCharacters = 8;
constexpr std::size_t kPasswordMaxBytes = 256;

// Error(invalid_argument): too short or too long.
void check_new_password(const Secret& password);
std::string hash_password(const Secret& password);
bool verify_password(const std::string& hash, const Secret& password);
// A hash that nobody's password has: verifying against it takes as long as against a real one.
const std::string& nobodys_hash();

}  // namespace fragua::accounts
