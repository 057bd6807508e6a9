// /api/v1/users, groups and audit: what an administrator sees and does.
#include <algorithm>

#include "accounts/administration.h"
#include "api/native/account_bodies.h"
#include "api/native/account_routes.h"

namespace fragua::api::native {

namespace {

constexpr std::int64_t kEventsMax = 200;

accounts::UserChange to_change(const UserChangeBody& body) {
  accounts::UserChange change;
  change.name = body.name;
  if (body.role) change.role = accounts::role_named(*body.role);
  if (body.password) change.password = Secret(*body.password);
  change.groups = body.groups;
  if (body.limits) change.limits = checked(*body.limits);
  return change;
}

}  // namespace

Task<> list_users(Call& call) {
  json::array list;
  for (const auto& user : co_await call.services.administration.users()) list.push_back(to_json(user));
  json::object answer;
  answer["users"] = std::move(list);
  co_await call.reply(std::move(answer));
}

Task<> add_user(Call& call) {
  auto body = co_await call.body_as<UserBody>(Unknown::refused);
  const auto user = co_await call.services.administration.add_user(call.actor(), body.name, Secret(body.password), accounts::role_named(body.role));
  co_await call.reply(to_json(user), 201);
}

Task<> change_user(Call& call) {
  const auto body = co_await call.body_as<UserChangeBody>(Unknown::refused);
  const auto user = co_await call.services.administration.change_user(call.actor(), call.parameter("user"), to_change(body));
  co_await call.reply(to_json(user));
}

Task<> remove_user(Call& call) {
  co_await call.services.administration.remove_user(call.actor(), call.parameter("user"));
  co_await call.reply_empty(204);
}

Task<> list_user_keys(Call& call) {
  json::array list;
  for (const auto& key : co_await call.services.administration.keys_of(call.parameter("user"))) list.push_back(to_json(key));
  json::object answer;
  answer["keys"] = std::move(list);
  co_await call.reply(std::move(answer));
}

Task<> remove_user_key(Call& call) {
  co_await call.services.administration.remove_key(call.actor(), call.parameter("user"), call.parameter("key"));
  co_await call.reply_empty(204);
}

Task<> end_user_sessions(Call& call) {
  co_await call.services.administration.end_sessions(call.actor(), call.parameter("user"));
  co_await call.reply_empty(204);
}

Task<> list_groups(Call& call) {
  json::array list;
  for (const auto& group : co_await call.services.administration.groups()) list.push_back(to_json(group));
  json::object answer;
  answer["groups"] = std::move(list);
  co_await call.reply(std::move(answer));
}

Task<> add_group(Call& call) {
  const auto body = co_await call.body_as<GroupBody>(Unknown::refused);
  const auto group = co_await call.services.administration.add_group(call.actor(), body.name);
  co_await call.reply(to_json(group), 201);
}

Task<> remove_group(Call& call) {
  co_await call.services.administration.remove_group(call.actor(), call.parameter("group"));
  co_await call.reply_empty(204);
}

Task<> audit(Call& call) {
  accounts::AuditQuery query;
  query.before = call.query_integer("before", query.before);
  query.limit = std::clamp<std::int64_t>(call.query_integer("limit", query.limit), 1, kEventsMax);
  query.user = call.query_text("user");
  query.action = call.query_text("action");
  json::array list;
  for (const auto& event : co_await call.services.administration.events(std::move(query))) list.push_back(to_json(event));
  json::object answer;
  answer["events"] = std::move(list);
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
