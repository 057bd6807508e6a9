#include "accounts/password.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::accounts;

TEST_CASE("password: only the right one fits its hash, and no two hashes are alike") {
  const auto hash = hash_password(Secret("correcto caballo"));
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(verify_password(hash, Secret("correcto caballo")));
  CHECK_FALSE(verify_password(hash, Secret("correcto caballo ")));
  CHECK_FALSE(verify_password(nobodys_hash(), Secret("correcto caballo")));
  CHECK(hash != hash_password(Secret("correcto caballo")));
}

TEST_CASE("password: length is counted in characters at the low end, in bytes at the high end") {
  CHECK_THROWS_AS(check_new_password(Secret("ñandúes")), Error);
  check_new_password(Secret("ñandúes!"));
  check_new_password(Secret(std::string(256, 'x')));
  CHECK_THROWS_AS(check_new_password(Secret(std::string(257, 'x'))), Error);
}
