#include "accounts/scope.h"

#include <doctest/doctest.h>

#include "accounts/user.h"
#include "base/error.h"

using namespace fragua;
using namespace fragua::accounts;

TEST_CASE("scope: names lead to scopes and back") {
  const std::vector<std::string> names{"infer", "models:read", "admin"};
  CHECK(read_key_scopes(names).names() == names);
  CHECK_FALSE(scope_named("models").has_value());
}

TEST_CASE("scope: a key has scopes of its own, never open, account or none") {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{}, {"open"}, {"account"}, {"infer", "root"}, {"Infer"}})
    CHECK_THROWS_AS(read_key_scopes(wrong), Error);
}

TEST_CASE("scope: everybody has open; what two sets share is in both") {
  CHECK(Scopes().has(Scope::open));
  CHECK_FALSE(Scopes().has(Scope::infer));
  const Scopes both = Scopes{Scope::infer, Scope::admin}.both({Scope::infer, Scope::embed});
  CHECK(both == Scopes{Scope::infer});
}

TEST_CASE("role: who waits for approval may nothing, members neither administer nor change models") {
  CHECK(scopes_of(Role::pending).empty());
  CHECK_FALSE(scopes_of(Role::member).has(Scope::admin));
  CHECK_FALSE(scopes_of(Role::member).has(Scope::models_write));
  CHECK(scopes_of(Role::admin).has(Scope::models_write));
}
