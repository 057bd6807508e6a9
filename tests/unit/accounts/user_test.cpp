#include "accounts/user.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::accounts;

TEST_CASE("role: names lead to roles and back, and nothing else does") {
  for (const auto role : {Role::pending, Role::member, Role::admin}) CHECK(role_named(name_of(role)) == role);
  CHECK_THROWS_AS(role_named("root"), Error);
  CHECK_THROWS_AS(role_named(""), Error);
}
