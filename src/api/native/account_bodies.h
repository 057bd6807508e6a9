// The bodies of accounts in our own API, and how users, sessions, keys and events are written. Callers: native/session, keys, users.
// Threads: pure. Unknown fields are refused.
#pragma once
#include "accounts/user.h"
#include "base/body.h"

namespace fragua::api::native {

struct SetupBody {
  std::string name, password, token;
};
template <class V> void describe(V& field, SetupBody& body) {
  field.required("name", body.name, "1 to 64 bytes");
  field.required("password", body.password, "8 to 256 characters");
  field.optional("token", body.token, "the one-time token that the server printed; needed from another machine");
}

struct CredentialsBody {
  std::string name, password;
};
template <class V> void describe(V& field, CredentialsBody& body) {
  field.required("name", body.name);
  field.required("password", body.password);
}

struct PasswordBody {
  std::string current, wanted;
};
template <class V> void describe(V& field, PasswordBody& body) {
  field.required("current", body.current);
  field.required("new", body.wanted, "8 to 256 characters");
}

}  // namespace fragua::api::native

namespace fragua::accounts {

template <class V> void describe(V& field, Limits& limits) {
  field.optional("requests_per_minute", limits.requests_per_minute, "null: no limit of its own");
  field.optional("tokens_per_minute", limits.tokens_per_minute);
  field.optional("tokens_per_day", limits.tokens_per_day, "of a day in UTC");
}

}  // namespace fragua::accounts

namespace fragua::api::native {

struct KeyBody {
  std::string name;
  std::vector<std::string> scopes;
  std::optional<std::int64_t> expires_in_days;
  std::optional<accounts::Limits> limits;
};
template <class V> void describe(V& field, KeyBody& body) {
  field.required("name", body.name);
  field.required("scopes", body.scopes, "of infer, embed, models:read, models:write, documents, catalogue, agents, admin");
  field.optional("expires_in_days", body.expires_in_days, "1 to 3650; null: never");
  field.optional("limits", body.limits);
}

struct UserBody {
  std::string name, password, role = "member";
};
template <class V> void describe(V& field, UserBody& body) {
  field.required("name", body.name);
  field.required("password", body.password, "8 to 256 characters");
  field.optional("role", body.role, "admin, member or pending");
}

struct UserChangeBody {
  std::optional<std::string> name, role, password;
  std::optional<std::vector<std::string>> groups;
  std::optional<accounts::Limits> limits;
};
template <class V> void describe(V& field, UserChangeBody& body) {
  field.optional("name", body.name);
  field.optional("role", body.role);
  field.optional("password", body.password, "ends the user's sessions");
  field.optional("groups", body.groups, "names; replaces those before");
  field.optional("limits", body.limits, "replaces those before");
}

struct GroupBody {
  std::string name;
};
template <class V> void describe(V& field, GroupBody& body) { field.required("name", body.name); }

json::value to_json(std::optional<SystemTime> time);
json::object to_json(const accounts::User& user);
json::object to_json(const accounts::Session& session);
json::object to_json(const accounts::ApiKey& key);
json::object to_json(const accounts::Group& group);
json::object to_json(const accounts::AuditEvent& event);
// Error(invalid_argument): a limit below 1.
accounts::Limits checked(accounts::Limits limits);

}  // namespace fragua::api::native
