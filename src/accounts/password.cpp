#include "accounts/password.h"

#include <sodium.h>

#include <algorithm>

#include "base/error.h"

namespace fragua::accounts {

namespace {

void start_sodium() {
  static const int kStarted = sodium_init();
  CHECK_THAT(kStarted >= 0);
}

std::size_t characters_in(const std::string& text) {
  return std::size_t(std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

void check_new_password(const Secret& password) {
  if (characters_in(password.reveal()) < kPasswordMinCharacters)
    throw Error(ErrorCode::invalid_argument, "the password must have at least 8 characters");
  if (password.reveal().size() > kPasswordMaxBytes) throw Error(ErrorCode::invalid_argument, "the password must have at most 256 bytes");
}

std::string hash_password(const Secret& password) {
  start_sodium();
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed = crypto_pwhash_str_alg(hash.data(), password.reveal().data(), password.reveal().size(),
                                           crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) throw Error(ErrorCode::overloaded, "no memory is left to check passwords: try again");
  hash.resize(hash.find('\0'));
  return hash;
}

bool verify_password(const std::string& hash, const Secret& password) {
  start_sodium();
  return crypto_pwhash_str_verify(hash.c_str(), password.reveal().data(), password.reveal().size()) == 0;
}

const std::string& nobodys_hash() {
  static const std::string kHash = hash_password(Secret("nobody has this password"));
  return kHash;
}

}  // namespace fragua::accounts
