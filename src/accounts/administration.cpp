#include "accounts/administration.h"

#include "accounts/password.h"
#include "accounts/token.h"
#include "base/error.h"

namespace fragua::accounts {

namespace {

StoredUser require_user(Repository& repository, const std::string& id) {
  auto stored = repository.find_user(id);
  if (!stored) throw Error(ErrorCode::not_found, "there is no such user");
  return std::move(*stored);
}

void keep_an_admin(Repository& repository) {
  if (!repository.has_admin()) throw Error(ErrorCode::conflict, "this is the last administrator: make another one first");
}

void apply(db::Connection& connection, const std::string& id, const UserChange& change, const std::string& hash) {
  Repository repository(connection);
  if (change.name) repository.set_name(id, *change.name);
  if (change.role) repository.set_role(id, *change.role);
  if (change.groups) repository.set_groups(id, *change.groups);
  if (change.limits) repository.set_limits(id, *change.limits);
  if (!hash.empty()) {
    repository.set_password(id, hash);
    CredentialRepository(connection).end_sessions(id, "");
  }
  keep_an_admin(repository);
}

// What changed, for the log: never the values that are secret.
std::string words_of(const UserChange& change) {
  std::string words;
  if (change.name) words += " name=" + *change.name;
  if (change.role) words += " role=" + std::string(name_of(*change.role));
  if (change.password) words += " password";
  if (change.groups) words += " groups";
  if (change.limits) words += " limits";
  return words.empty() ? words : words.substr(1);
}

}  // namespace

AuditEvent Administration::event(const Actor& actor, std::string action, std::string target) const {
  return {0, tools_.clock.system(), actor.user_name, std::move(action), std::move(target), actor.address, ""};
}

Task<std::string> Administration::hash(Secret password) {
  check_new_password(password);
  const auto work = [password] { return hash_password(password); };
  co_return co_await tools_.passwords.run(work);
}

Task<std::vector<User>> Administration::users() {
  const auto find = [](db::Connection& connection) { return Repository(connection).users(); };
  co_return co_await tools_.store.read(find);
}

Task<User> Administration::add_user(Actor actor, std::string name, Secret password, Role role) {
  StoredUser stored;
  stored.user.id = new_id(tools_.entropy);
  stored.user.name = check_name(name);
  stored.user.role = role;
  stored.user.created_at = tools_.clock.system();
  stored.password_hash = co_await hash(std::move(password));
  auto audit = event(actor, "user.create", stored.user.name);
  audit.detail = name_of(role);
  const auto work = [stored, audit, actor](db::Connection& connection) {
    Repository repository(connection);
    repository.add_user(stored);
    repository.add_event(audit, actor.user_id);
  };
  co_await tools_.store.write(work);
  co_return stored.user;
}

Task<User> Administration::change_user(Actor actor, std::string id, UserChange change) {
  if (change.name) change.name = check_name(*change.name);
  std::string hashed;
  if (change.password) hashed = co_await hash(*change.password);
  auto audit = event(actor, "user.change", "");
  audit.detail = words_of(change);
  const auto work = [id, change, hashed, audit, actor](db::Connection& connection) {
    Repository repository(connection);
    auto recorded = audit;
    recorded.target = require_user(repository, id).user.name;
    apply(connection, id, change, hashed);
    repository.add_event(recorded, actor.user_id);
    return require_user(repository, id).user;
  };
  co_return co_await tools_.store.write(work);
}

Task<> Administration::remove_user(Actor actor, std::string id) {
  if (id == actor.user_id) throw Error(ErrorCode::conflict, "you cannot remove yourself: another administrator can");
  auto audit = event(actor, "user.remove", "");
  const auto work = [id, audit, actor](db::Connection& connection) {
    Repository repository(connection);
    auto recorded = audit;
    recorded.target = require_user(repository, id).user.name;
    repository.remove_user(id);
    keep_an_admin(repository);
    repository.add_event(recorded, actor.user_id);
  };
  co_await tools_.store.write(work);
}

Task<std::vector<ApiKey>> Administration::keys_of(std::string user_id) {
  const auto find = [user_id](db::Connection& connection) {
    Repository repository(connection);
    require_user(repository, user_id);
    return CredentialRepository(connection).keys(user_id);
  };
  co_return co_await tools_.store.read(find);
}

Task<> Administration::remove_key(Actor actor, std::string user_id, std::string key_id) {
  auto audit = event(actor, "key.remove", "");
  const auto work = [user_id, key_id, audit, actor](db::Connection& connection) {
    Repository repository(connection);
    auto recorded = audit;
    recorded.target = require_user(repository, user_id).user.name;
    recorded.detail = key_id;
    if (!CredentialRepository(connection).remove_key(user_id, key_id)) throw Error(ErrorCode::not_found, "there is no such key");
    repository.add_event(recorded, actor.user_id);
  };
  co_await tools_.store.write(work);
}

Task<> Administration::end_sessions(Actor actor, std::string user_id) {
  auto audit = event(actor, "session.end_all", "");
  const auto work = [user_id, audit, actor](db::Connection& connection) {
    Repository repository(connection);
    auto recorded = audit;
    recorded.target = require_user(repository, user_id).user.name;
    CredentialRepository(connection).end_sessions(user_id, "");
    repository.add_event(recorded, actor.user_id);
  };
  co_await tools_.store.write(work);
}

Task<std::vector<Group>> Administration::groups() {
  const auto find = [](db::Connection& connection) { return Repository(connection).groups(); };
  co_return co_await tools_.store.read(find);
}

Task<Group> Administration::add_group(Actor actor, std::string name) {
  const Group group{new_id(tools_.entropy), check_name(name), 0};
  auto audit = event(actor, "group.create", group.name);
  const auto work = [group, audit, actor](db::Connection& connection) {
    Repository repository(connection);
    repository.add_group(group);
    repository.add_event(audit, actor.user_id);
  };
  co_await tools_.store.write(work);
  co_return group;
}

Task<> Administration::remove_group(Actor actor, std::string id) {
  auto audit = event(actor, "group.remove", id);
  const auto work = [id, audit, actor](db::Connection& connection) {
    Repository repository(connection);
    if (!repository.remove_group(id)) throw Error(ErrorCode::not_found, "there is no such group");
    repository.add_event(audit, actor.user_id);
  };
  co_await tools_.store.write(work);
}

Task<std::vector<AuditEvent>> Administration::events(AuditQuery query) {
  const auto find = [query](db::Connection& connection) { return Repository(connection).events(query.before, query.limit, query.user, query.action); };
  co_return co_await tools_.store.read(find);
}

Task<> Administration::record(Actor actor, std::string action, std::string target) {
  auto audit = event(actor, std::move(action), std::move(target));
  const auto work = [audit, actor](db::Connection& connection) { Repository(connection).add_event(audit, actor.user_id); };
  co_await tools_.store.write(work);
}

}  // namespace fragua::accounts
