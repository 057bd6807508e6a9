// /api/v1/keys: a person's own API keys.
#include "accounts/service.h"
#include "api/native/account_bodies.h"
#include "api/native/account_routes.h"

namespace fragua::api::native {

namespace {

constexpr std::int64_t kDaysMax = 3650;

accounts::KeyRequest to_request(const KeyBody& body) {
  accounts::KeyRequest request;
  request.name = body.name;
  request.scopes = accounts::read_key_scopes(body.scopes);
  if (body.expires_in_days) {
    if (*body.expires_in_days < 1 || *body.expires_in_days > kDaysMax)
      throw Error(ErrorCode::invalid_argument, "\"expires_in_days\" must be between 1 and 3650");
    request.lifetime = std::chrono::hours(24 * *body.expires_in_days);
  }
  if (body.limits) request.limits = checked(*body.limits);
  return request;
}

}  // namespace

Task<> list_keys(Call& call) {
  json::array list;
  for (const auto& key : co_await call.services.accounts.keys(call.user)) list.push_back(to_json(key));
  json::object answer;
  answer["keys"] = std::move(list);
  co_await call.reply(std::move(answer));
}

Task<> create_key(Call& call) {
  const auto body = co_await call.body_as<KeyBody>(Unknown::refused);
  const auto created = co_await call.services.accounts.create_key(call.identity, to_request(body), call.client);
  auto answer = to_json(created.key);
  answer["key"] = created.secret.reveal();
  co_await call.reply(std::move(answer), 201);
}

Task<> remove_key(Call& call) {
  co_await call.services.accounts.remove_key(call.identity, call.parameter("key"), call.client);
  co_await call.reply_empty(204);
}

}  // namespace fragua::api::native
