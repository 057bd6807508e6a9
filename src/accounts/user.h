// User, session, API key, and Identity: who calls and what they may do. Callers: accounts, api/. Threads: plain data.
// Times are of the system's clock, UTC. No password, hash or token is in here.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "accounts/scope.h"
#include "base/clock.h"

namespace fragua::accounts {

enum class Role { pending, member, admin };
std::string_view name_of(Role role);
Role role_named(std::string_view name);        // Error(invalid_argument)
Scopes scopes_of(Role role);

// Nothing: no limit of its own.
struct Limits {
  std::optional<std::int64_t> requests_per_minute;
  std::optional<std::int64_t> tokens_per_minute;
  std::optional<std::int64_t> tokens_per_day;  // of UTC
};

struct User {
  std::string id;
  std::string name;
  Role role = Role::member;
  std::vector<std::string> groups;
  SystemTime created_at;
  std::optional<SystemTime> last_seen_at;
  Limits limits;
};

struct Group {
  std::string id;
  std::string name;
  std::int64_t members = 0;
};

struct Session {
  std::string id;
  SystemTime created_at;
  SystemTime last_seen_at;
  std::string address;
  std::string agent;                           // what the browser calls itself
};

struct ApiKey {
  std::string id;
  std::string name;
  std::string hint;                            // how it begins
  Scopes scopes;
  SystemTime created_at;
  std::optional<SystemTime> expires_at;
  std::optional<SystemTime> last_used_at;
  Limits limits;
};

struct AuditEvent {
  std::int64_t id = 0;
  SystemTime at;
  std::string user;
  std::string action;                          // "key.create"
  std::string target;
  std::string address;
  std::string detail;
};

// From where somebody calls.
struct Client {
  std::string address;
  std::string agent;
  bool loopback = false;                       // this machine itself, no proxy between
};

struct Identity {
  std::string user_id;                         // empty: nobody in particular (anonymous)
  std::string user_name;
  Role role = Role::pending;
  std::string session_id;                      // one of these two
  std::string key_id;
  Scopes scopes;
  Limits user_limits;
  Limits key_limits;

  bool known() const { return !user_id.empty(); }
};

// Who did it, for the audit log.
struct Actor {
  std::string user_id;
  std::string user_name;
  std::string address;
};

}  // namespace fragua::accounts
