#include "api/native/account_bodies.h"

#include "base/strings.h"

namespace fragua::api::native {

namespace {

template <class T>
json::value or_null(const std::optional<T>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object limits_to_json(const accounts::Limits& limits) {
  return {{"requests_per_minute", or_null(limits.requests_per_minute)},
          {"tokens_per_minute", or_null(limits.tokens_per_minute)},
          {"tokens_per_day", or_null(limits.tokens_per_day)}};
}

}  // namespace

json::value to_json(std::optional<SystemTime> time) { return time ? json::value(rfc3339(*time)) : json::value(nullptr); }

json::object to_json(const accounts::User& user) {
  return {{"id", user.id},
          {"name", user.name},
          {"role", accounts::name_of(user.role)},
          {"groups", json::value_from(user.groups)},
          {"created_at", rfc3339(user.created_at)},
          {"last_seen_at", to_json(user.last_seen_at)},
          {"limits", limits_to_json(user.limits)}};
}

json::object to_json(const accounts::Session& session) {
  return {{"id", session.id},
          {"created_at", rfc3339(session.created_at)},
          {"last_seen_at", rfc3339(session.last_seen_at)},
          {"address", session.address},
          {"agent", session.agent}};
}

json::object to_json(const accounts::ApiKey& key) {
  return {{"id", key.id},
          {"name", key.name},
          {"hint", key.hint},
          {"scopes", json::value_from(key.scopes.names())},
          {"created_at", rfc3339(key.created_at)},
          {"expires_at", to_json(key.expires_at)},
          {"last_used_at", to_json(key.last_used_at)},
          {"limits", limits_to_json(key.limits)}};
}

json::object to_json(const accounts::Group& group) { return {{"id", group.id}, {"name", group.name}, {"members", group.members}}; }

json::object to_json(const accounts::AuditEvent& event) {
  return {{"id", event.id},         {"at", rfc3339(event.at)},       {"user", event.user},    {"action", event.action},
          {"target", event.target}, {"address", event.address}, {"detail", event.detail}};
}

accounts::Limits checked(accounts::Limits limits) {
  for (const auto& limit : {limits.requests_per_minute, limits.tokens_per_minute, limits.tokens_per_day})
    if (limit && *limit < 1) throw Error(ErrorCode::invalid_argument, "a limit must be at least 1, or null for none");
  return limits;
}

}  // namespace fragua::api::native
