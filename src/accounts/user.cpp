#include "accounts/user.h"

#include "base/error.h"

namespace fragua::accounts {

std::string_view name_of(Role role) {
  switch (role) {
    case Role::pending: return "pending";
    case Role::member: return "member";
    case Role::admin: return "admin";
  }
  return "pending";
}

Role role_named(std::string_view name) {
  for (const auto role : {Role::pending, Role::member, Role::admin})
    if (name_of(role) == name) return role;
  throw Error(ErrorCode::invalid_argument, "\"role\" must be admin, member or pending");
}

Scopes scopes_of(Role role) {
  switch (role) {
    case Role::pending: return {};
    case Role::member:
      return {Scope::account, Scope::infer, Scope::embed, Scope::models_read, Scope::documents, Scope::catalogue, Scope::agents};
    case Role::admin:
      return {Scope::account,   Scope::infer,     Scope::embed,  Scope::models_read, Scope::models_write,
              Scope::documents, Scope::catalogue, Scope::agents, Scope::admin};
  }
  return {};
}

}  // namespace fragua::accounts
