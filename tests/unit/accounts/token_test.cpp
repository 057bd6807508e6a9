#include "accounts/token.h"

#include <doctest/doctest.h>

#include <set>

using namespace fragua;
using namespace fragua::accounts;

TEST_CASE("token: keys look like keys, differ, and are stored as hashes that do not hold them") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto key = new_api_key(random_bytes);
    CHECK(key.reveal().starts_with("sk-"));
    CHECK(key.reveal().size() == 51);
    CHECK(seen.insert(key.reveal()).second);
    CHECK(token_hash(key).find(key.reveal().substr(3, 8)) == std::string::npos);
  }
  const Secret key("sk-abcdEFGH");
  CHECK(hint_of(key) == "sk-abcd…");
}
