#include "api/native/account_routes.h"

#include "api/native/account_bodies.h"

namespace fragua::api::native {

namespace {

using http::Method;

class Adder {
 public:
  explicit Adder(Routes& routes) : routes_(routes) {}
  void read(std::string_view path, Scope scope, Handler handler, std::string_view summary) {
    routes_.push_back({Method::get, path, scope, Dialect::native, 0, handler, nullptr, Answer::json, summary});
  }
  void remove(std::string_view path, Scope scope, Handler handler, std::string_view summary) {
    routes_.push_back({Method::delete_, path, scope, Dialect::native, 0, handler, nullptr, Answer::empty, summary});
  }
  template <class Body>
  void send(Method method, std::string_view path, Scope scope, Handler handler, std::string_view summary) {
    routes_.push_back({method, path, scope, Dialect::native, kSmallBody, handler, schema_of<Body>, Answer::json, summary});
  }

 private:
  Routes& routes_;
};

void add_own(Adder& add) {
  add.read("/api/v1/session", Scope::open, session_state, "Who is signed in, and whether the first administrator is still to be made");
  add.send<SetupBody>(Method::post, "/api/v1/setup", Scope::open, set_up, "Make the first administrator");
  add.send<CredentialsBody>(Method::post, "/api/v1/sign-up", Scope::open, sign_up, "Make an account, where sign-up is open");
  add.send<CredentialsBody>(Method::post, "/api/v1/session", Scope::open, sign_in, "Sign in");
  add.remove("/api/v1/session", Scope::open, sign_out, "Sign out");
  add.send<PasswordBody>(Method::post, "/api/v1/password", Scope::account, change_password, "Change one's password; other sessions end");
  add.read("/api/v1/sessions", Scope::account, list_sessions, "Where one is signed in");
  add.remove("/api/v1/sessions", Scope::account, end_sessions, "Sign out everywhere");
  add.remove("/api/v1/sessions/:session", Scope::account, end_session, "Sign out somewhere");
  add.read("/api/v1/preferences", Scope::account, preferences, "What the app keeps for a person");
  add.read("/api/v1/keys", Scope::account, list_keys, "One's API keys");
  add.send<KeyBody>(Method::post, "/api/v1/keys", Scope::account, create_key, "Make an API key; it is shown once");
  add.remove("/api/v1/keys/:key", Scope::account, remove_key, "Revoke an API key");
}

void add_administration(Adder& add) {
  add.read("/api/v1/users", Scope::admin, list_users, "All users");
  add.send<UserBody>(Method::post, "/api/v1/users", Scope::admin, add_user, "Make a user");
  add.send<UserChangeBody>(Method::patch, "/api/v1/users/:user", Scope::admin, change_user, "Change a user");
  add.remove("/api/v1/users/:user", Scope::admin, remove_user, "Remove a user and all that is theirs");
  add.read("/api/v1/users/:user/keys", Scope::admin, list_user_keys, "A user's API keys");
  add.remove("/api/v1/users/:user/keys/:key", Scope::admin, remove_user_key, "Revoke a user's API key");
  add.remove("/api/v1/users/:user/sessions", Scope::admin, end_user_sessions, "Sign a user out everywhere");
  add.read("/api/v1/groups", Scope::admin, list_groups, "All groups");
  add.send<GroupBody>(Method::post, "/api/v1/groups", Scope::admin, add_group, "Make a group");
  add.remove("/api/v1/groups/:group", Scope::admin, remove_group, "Remove a group; its members stay");
  add.read("/api/v1/audit", Scope::admin, audit, "Who did what, newest first; `before` an event's id, of a `user`, of an `action` or those that begin with it");
  add.read("/api/v1/settings", Scope::admin, settings, "The server's settings, and where each comes from");
  add.read("/api/v1/dashboard", Scope::admin, dashboard, "What the server is at");
  add.read("/api/v1/dashboard/history", Scope::admin, dashboard_history, "What it was at in the last ten minutes, the oldest first");
}

}  // namespace

void add_account_routes(Routes& routes) {
  Adder add(routes);
  add_own(add);
  add_administration(add);
  // No fixed fields: whatever the app wants to find again.
  routes.push_back({Method::put, "/api/v1/preferences", Scope::account, Dialect::native, 64 << 10, set_preferences, nullptr, Answer::empty,
                    "Keep an object of at most 64 KiB for the app"});
  routes.push_back({Method::get, "/api/v1/backup", Scope::admin, Dialect::native, 0, back_up, nullptr, Answer::text,
                    "A copy of the database and the models' manifests, as a file"});
  routes.push_back({Method::post, "/api/v1/restore", Scope::admin, Dialect::native, kBlobBody, stage_restore, nullptr, Answer::json,
                    "Hand in a backup; the next start of the server restores it"});
}

}  // namespace fragua::api::native
