#include "accounts/scope.h"

#include "base/error.h"

namespace fragua::accounts {

namespace {

constexpr Scope kAll[] = {Scope::open,         Scope::account,   Scope::infer,     Scope::embed,  Scope::models_read,
                          Scope::models_write, Scope::documents, Scope::catalogue, Scope::agents, Scope::admin};

}  // namespace

std::string_view name_of(Scope scope) {
  switch (scope) {
    case Scope::open: return "open";
    case Scope::account: return "account";
    case Scope::infer: return "infer";
    case Scope::embed: return "embed";
    case Scope::models_read: return "models:read";
    case Scope::models_write: return "models:write";
    case Scope::documents: return "documents";
    case Scope::catalogue: return "catalogue";
    case Scope::agents: return "agents";
    case Scope::admin: return "admin";
  }
  return "admin";
}

std::optional<Scope> scope_named(std::string_view name) {
  for (const auto scope : kAll)
    if (name_of(scope) == name) return scope;
  return std::nullopt;
}

Scopes Scopes::both(Scopes other) const {
  other.bits_ &= bits_;
  return other;
}

std::vector<std::string> Scopes::names() const {
  std::vector<std::string> names;
  for (const auto scope : kAll)
    if (scope != Scope::open && has(scope)) names.emplace_back(name_of(scope));
  return names;
}

Scopes read_key_scopes(const std::vector<std::string>& names) {
  Scopes scopes;
  for (const auto& name : names) {
    const auto scope = scope_named(name);
    if (!scope || *scope == Scope::open || *scope == Scope::account)
      throw Error(ErrorCode::invalid_argument, "\"scopes\" must be of infer, embed, models:read, models:write, documents, catalogue, agents and admin");
    scopes.add(*scope);
  }
  if (scopes.empty()) throw Error(ErrorCode::invalid_argument, "\"scopes\" must name at least one: a key without any can do nothing");
  return scopes;
}

}  // namespace fragua::accounts
