// Routes of accounts and administration in our own API, and their handlers. Callers: api/routes.
// Threads: the loop's. What belongs to a person has Scope::account, what concerns everybody Scope::admin.
#pragma once
#include "api/call.h"

namespace fragua::api::native {

void add_account_routes(Routes& routes);

Task<> session_state(Call& call);
Task<> set_up(Call& call);
Task<> sign_up(Call& call);
Task<> sign_in(Call& call);
Task<> sign_out(Call& call);
Task<> change_password(Call& call);
Task<> list_sessions(Call& call);
Task<> end_sessions(Call& call);
Task<> end_session(Call& call);
Task<> preferences(Call& call);
Task<> set_preferences(Call& call);

Task<> list_keys(Call& call);
Task<> create_key(Call& call);
Task<> remove_key(Call& call);

Task<> list_users(Call& call);
Task<> add_user(Call& call);
Task<> change_user(Call& call);
Task<> remove_user(Call& call);
Task<> list_user_keys(Call& call);
Task<> remove_user_key(Call& call);
Task<> end_user_sessions(Call& call);
Task<> list_groups(Call& call);
Task<> add_group(Call& call);
Task<> remove_group(Call& call);
Task<> audit(Call& call);

Task<> settings(Call& call);
Task<> dashboard(Call& call);
Task<> dashboard_history(Call& call);
Task<> back_up(Call& call);
Task<> stage_restore(Call& call);

}  // namespace fragua::api::native
