// /api/v1/session, setup, sign-up, password, sessions and preferences: a person and the browser in front of them.
#include "accounts/service.h"
#include "api/admission.h"
#include "api/native/account_bodies.h"
#include "api/native/account_routes.h"

namespace fragua::api::native {

namespace {

std::string_view name_of(accounts::SignUp mode) {
  switch (mode) {
    case accounts::SignUp::closed: return "closed";
    case accounts::SignUp::pending: return "pending";
    case accounts::SignUp::open: return "open";
  }
  return "closed";
}

// What the app needs to know before it shows anything.
Task<json::object> state_of(Call& call, accounts::Identity identity) {
  auto& accounts = call.services.accounts;
  const bool needs_setup = co_await accounts.needs_setup();
  std::optional<accounts::User> user;
  if (identity.known() && identity.key_id.empty()) user = co_await accounts.find_user(identity.user_id);
  json::object state;
  state["version"] = FRAGUA_VERSION;
  state["setup_required"] = needs_setup;
  state["setup_token_required"] = needs_setup && !call.client.loopback;
  state["sign_up"] = name_of(accounts.sign_up_mode());
  state["user"] = user ? json::value(to_json(*user)) : json::value(nullptr);
  state["scopes"] = json::value_from(identity.scopes.names());
  co_return state;
}

void set_cookie(Call& call, const Secret& token) {
  call.headers.emplace_back("Set-Cookie", call.services.admission.session_cookie(call.request(), token));
}

Task<> welcome(Call& call, accounts::SignedIn signed_in, int status) {
  set_cookie(call, signed_in.token);
  auto state = co_await state_of(call, std::move(signed_in.identity));
  co_await call.reply(std::move(state), status);
}

}  // namespace

Task<> session_state(Call& call) {
  auto state = co_await state_of(call, call.identity);
  co_await call.reply(std::move(state));
}

Task<> set_up(Call& call) {
  auto body = co_await call.body_as<SetupBody>(Unknown::refused);
  auto signed_in = co_await call.services.accounts.set_up(body.name, Secret(body.password), Secret(body.token), call.client);
  co_await welcome(call, std::move(signed_in), 201);
}

Task<> sign_up(Call& call) {
  auto body = co_await call.body_as<CredentialsBody>(Unknown::refused);
  auto signed_in = co_await call.services.accounts.sign_up(body.name, Secret(body.password), call.client);
  co_await welcome(call, std::move(signed_in), 201);
}

Task<> sign_in(Call& call) {
  auto body = co_await call.body_as<CredentialsBody>(Unknown::refused);
  auto signed_in = co_await call.services.accounts.sign_in(body.name, Secret(body.password), call.client);
  co_await welcome(call, std::move(signed_in), 200);
}

// Also for accounts that are not approved yet.
Task<> sign_out(Call& call) {
  if (!call.identity.session_id.empty()) co_await call.services.accounts.end_session(call.identity, call.identity.session_id, call.client);
  set_cookie(call, Secret());
  co_await call.reply_empty(204);
}

Task<> change_password(Call& call) {
  auto body = co_await call.body_as<PasswordBody>(Unknown::refused);
  co_await call.services.accounts.change_password(call.identity, Secret(body.current), Secret(body.wanted), call.client);
  co_await call.reply_empty(204);
}

Task<> list_sessions(Call& call) {
  json::array list;
  for (const auto& session : co_await call.services.accounts.sessions(call.user)) {
    auto object = to_json(session);
    object["current"] = session.id == call.identity.session_id;
    list.push_back(std::move(object));
  }
  json::object answer;
  answer["sessions"] = std::move(list);
  co_await call.reply(std::move(answer));
}

Task<> end_sessions(Call& call) {
  co_await call.services.accounts.end_all_sessions(call.identity, call.client);
  set_cookie(call, Secret());
  co_await call.reply_empty(204);
}

Task<> end_session(Call& call) {
  co_await call.services.accounts.end_session(call.identity, call.parameter("session"), call.client);
  co_await call.reply_empty(204);
}

Task<> preferences(Call& call) {
  const auto text = co_await call.services.accounts.preferences(call.user);
  co_await call.reply(parse_json(text));
}

Task<> set_preferences(Call& call) {
  const auto value = co_await call.body();
  if (!value.is_object()) throw Error(ErrorCode::invalid_argument, "preferences must be an object");
  co_await call.services.accounts.set_preferences(call.user, fragua::to_json(value));
  co_await call.reply_empty(204);
}

}  // namespace fragua::api::native
