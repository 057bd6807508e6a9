// Scope: what a caller may do. A route names one; an API key is given some; a role has some. Callers: accounts, api/ (the route table).
// Threads: plain data.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::accounts {

enum class Scope {
  open,          // everybody, without credentials
  account,       // a person's own things in the app: a signed-in session, never a key
  infer,
  embed,
  models_read,
  models_write,
  documents,
  catalogue,
  agents,
  admin,
};
std::string_view name_of(Scope scope);               // "models:read"
std::optional<Scope> scope_named(std::string_view name);

class Scopes {
 public:
  Scopes() = default;
  Scopes(std::initializer_list<Scope> scopes) {
    for (const auto scope : scopes) add(scope);
  }
  void add(Scope scope) { bits_ |= bit(scope); }
  bool has(Scope scope) const { return scope == Scope::open || (bits_ & bit(scope)) != 0; }
  bool empty() const { return bits_ == 0; }
  Scopes both(Scopes other) const;
  std::vector<std::string> names() const;
  bool operator==(const Scopes&) const = default;

 private:
  static std::uint32_t bit(Scope scope) { return 1u << unsigned(scope); }
  std::uint32_t bits_ = 0;
};

// Error(invalid_argument) names what is no scope, or is none that a key can have.
Scopes read_key_scopes(const std::vector<std::string>& names);

}  // namespace fragua::accounts
