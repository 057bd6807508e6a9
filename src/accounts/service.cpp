#include "accounts/service.h"

#include <algorithm>

#include "accounts/password.h"
#include "accounts/token.h"
#include "base/error.h"
#include "base/strings.h"

namespace fragua::accounts {

namespace {

constexpr std::size_t kNameMaxBytes = 64;
constexpr std::size_t kAgentMaxBytes = 200;
constexpr std::size_t kPreferencesMaxBytes = 64 << 10;
constexpr std::size_t kKeysSeenMax = 10'000;
constexpr std::chrono::hours kSessionLifetime{24 * 30};
constexpr std::chrono::minutes kSeenInterval{1};

void record(db::Connection& connection, const AuditEvent& event, const std::string& user_id) {
  Repository(connection).add_event(event, user_id);
}

}  // namespace

std::string check_name(std::string_view name) {
  const auto text = trimmed(name);
  const bool controls = std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (text.empty() || text.size() > kNameMaxBytes || controls || !is_valid_utf8(text))
    throw Error(ErrorCode::invalid_argument, "\"name\" must have between 1 and 64 bytes, without control characters");
  return std::string(text);
}

Accounts::Accounts(Tools tools, SignUp sign_up)
    : tools_(std::move(tools)), sign_up_(sign_up), setup_token_(new_id(tools_.entropy)), attempts_(tools_.clock) {}

Task<bool> Accounts::needs_setup() {
  const auto work = [](db::Connection& connection) { return !Repository(connection).has_admin(); };
  co_return co_await tools_.store.read(work);
}

User Accounts::new_user(const std::string& name, Role role) const {
  User user;
  user.id = new_id(tools_.entropy);
  user.name = name;
  user.role = role;
  user.created_at = tools_.clock.system();
  return user;
}

AuditEvent Accounts::event(const Identity& who, const Client& client, std::string action, std::string target) const {
  return {0, tools_.clock.system(), who.user_name, std::move(action), std::move(target), client.address, ""};
}

Task<std::string> Accounts::hash(Secret password) {
  check_new_password(password);
  const auto work = [password] { return hash_password(password); };
  co_return co_await tools_.passwords.run(work);
}

Task<bool> Accounts::verify(std::string hash, Secret password) {
  const auto work = [hash, password] { return verify_password(hash.empty() ? nobodys_hash() : hash, password); };
  co_return co_await tools_.passwords.run(work);
}

Task<SignedIn> Accounts::set_up(std::string name, Secret password, Secret token, Client client) {
  name = check_name(name);
  // Hashes have one length: comparing them says nothing about the token by how long it takes.
  if (!client.loopback && token_hash(token) != token_hash(setup_token_)) {
    attempts_.begin("setup", client.address);
    throw Error(ErrorCode::forbidden, "from another machine the first administrator needs the one-time token that the server printed when it started");
  }
  StoredUser stored;
  stored.user = new_user(name, Role::admin);
  stored.password_hash = co_await hash(std::move(password));
  auto audit = event({.user_id = stored.user.id, .user_name = name}, client, "setup", name);
  const auto work = [stored, audit](db::Connection& connection) {
    Repository repository(connection);
    if (repository.has_admin()) throw Error(ErrorCode::conflict, "there is an administrator already: sign in");
    repository.add_user(stored);
    record(connection, audit, stored.user.id);
  };
  co_await tools_.store.write(work);
  tools_.log.info("account.setup", {{"address", client.address}});
  co_return co_await open_session(stored.user, std::move(client));
}

Task<SignedIn> Accounts::sign_up(std::string name, Secret password, Client client) {
  if (sign_up_ == SignUp::closed) throw Error(ErrorCode::forbidden, "sign-up is closed here: ask an administrator for an account");
  name = check_name(name);
  attempts_.begin("sign-up " + name_key(name), client.address);
  StoredUser stored;
  stored.user = new_user(name, sign_up_ == SignUp::open ? Role::member : Role::pending);
  stored.password_hash = co_await hash(std::move(password));
  auto audit = event({.user_id = stored.user.id, .user_name = name}, client, "sign_up", name);
  const auto work = [stored, audit](db::Connection& connection) {
    Repository repository(connection);
    if (!repository.has_admin()) throw Error(ErrorCode::conflict, "this installation has no administrator yet");
    repository.add_user(stored);
    record(connection, audit, stored.user.id);
  };
  co_await tools_.store.write(work);
  co_return co_await open_session(stored.user, std::move(client));
}

Task<SignedIn> Accounts::sign_in(std::string name, Secret password, Client client) {
  const auto key = name_key(name.substr(0, kNameMaxBytes));
  attempts_.begin(key, client.address);
  const auto find = [key](db::Connection& connection) { return Repository(connection).find_by_name(key); };
  const auto stored = co_await tools_.store.read(find);
  const auto known_hash = stored ? stored->password_hash : std::string();
  const bool right = co_await verify(known_hash, std::move(password));
  if (!stored || !right) {
    auto audit = event({.user_name = key}, client, "sign_in.failed", key);
    const auto work = [audit](db::Connection& connection) { record(connection, audit, ""); };
    co_await tools_.store.write(work);
    throw Error(ErrorCode::unauthorized, "the name or the password is wrong");
  }
  attempts_.succeeded(key, client.address);
  co_return co_await open_session(stored->user, std::move(client));
}

Task<SignedIn> Accounts::open_session(User user, Client client) {
  const auto token = new_session_token(tools_.entropy);
  const auto now = tools_.clock.system();
  NewSession added;
  added.session = {new_id(tools_.entropy), now, now, client.address, sanitized_utf8(client.agent.substr(0, kAgentMaxBytes))};
  added.user_id = user.id;
  added.token_hash = token_hash(token);
  added.expires_at = now + kSessionLifetime;
  auto audit = event({.user_name = user.name}, client, "sign_in", user.name);
  const auto work = [added, audit, now](db::Connection& connection) {
    CredentialRepository credentials(connection);
    credentials.remove_expired(now);
    credentials.add_session(added);
    record(connection, audit, added.user_id);
    return credentials.find_session(added.token_hash, now);
  };
  auto identity = co_await tools_.store.write(work);
  if (!identity) throw Error(ErrorCode::unauthorized, "this account was removed meanwhile");
  SignedIn result{std::move(*identity), token};
  co_return result;
}

Task<> Accounts::change_password(Identity identity, Secret current, Secret wanted, Client client) {
  attempts_.begin(name_key(identity.user_name), client.address);
  const auto find = [id = identity.user_id](db::Connection& connection) { return Repository(connection).find_user(id); };
  const auto stored = co_await tools_.store.read(find);
  if (!stored || !co_await verify(stored->password_hash, std::move(current)))
    throw Error(ErrorCode::forbidden, "the current password is wrong");
  attempts_.succeeded(name_key(identity.user_name), client.address);
  const auto hashed = co_await hash(std::move(wanted));
  auto audit = event(identity, client, "password.change", identity.user_name);
  const auto work = [identity, hashed, audit](db::Connection& connection) {
    Repository(connection).set_password(identity.user_id, hashed);
    CredentialRepository(connection).end_sessions(identity.user_id, identity.session_id);
    record(connection, audit, identity.user_id);
  };
  co_await tools_.store.write(work);
}

Task<std::optional<Identity>> Accounts::identify_session(Secret token) {
  const auto hash = token_hash(token);
  const auto now = tools_.clock.system();
  struct Found {
    std::optional<Identity> identity;
    bool stale = false;
  };
  const auto find = [hash, now](db::Connection& connection) {
    CredentialRepository credentials(connection);
    Found found{credentials.find_session(hash, now)};
    found.stale = found.identity && credentials.is_stale(found.identity->session_id, now);
    return found;
  };
  auto found = co_await tools_.store.read(find);
  if (found.stale) {
    const auto touch = [id = found.identity->session_id, now](db::Connection& connection) {
      CredentialRepository(connection).touch_session(id, now, now + kSessionLifetime);
    };
    co_await tools_.store.write(touch);
  }
  co_return std::move(found.identity);
}

Task<std::optional<Identity>> Accounts::identify_key(Secret key) {
  const auto hash = token_hash(key);
  const auto now = tools_.clock.system();
  const auto find = [hash, now](db::Connection& connection) { return CredentialRepository(connection).find_key(hash, now); };
  auto identity = co_await tools_.store.read(find);
  if (!identity) co_return std::nullopt;
  if (keys_seen_.size() > kKeysSeenMax) keys_seen_.clear();
  auto& seen = keys_seen_[identity->key_id];
  if (seen == SteadyTime() || tools_.clock.steady() - seen >= kSeenInterval) {
    seen = tools_.clock.steady();
    const auto touch = [id = identity->key_id, now](db::Connection& connection) { CredentialRepository(connection).touch_key(id, now); };
    co_await tools_.store.write(touch);
  }
  co_return std::move(identity);
}

Task<std::optional<User>> Accounts::find_user(std::string id) {
  const auto find = [id](db::Connection& connection) -> std::optional<User> {
    auto stored = Repository(connection).find_user(id);
    if (!stored) return std::nullopt;
    return std::move(stored->user);
  };
  co_return co_await tools_.store.read(find);
}

Task<std::vector<Session>> Accounts::sessions(std::string user_id) {
  const auto find = [user_id, now = tools_.clock.system()](db::Connection& connection) { return CredentialRepository(connection).sessions(user_id, now); };
  co_return co_await tools_.store.read(find);
}

Task<> Accounts::end_session(Identity identity, std::string id, Client client) {
  auto audit = event(identity, client, "session.end", id);
  const auto work = [identity, id, audit](db::Connection& connection) {
    if (!CredentialRepository(connection).end_session(identity.user_id, id)) throw Error(ErrorCode::not_found, "there is no such session");
    record(connection, audit, identity.user_id);
  };
  co_await tools_.store.write(work);
}

Task<> Accounts::end_all_sessions(Identity identity, Client client) {
  auto audit = event(identity, client, "session.end_all", identity.user_name);
  const auto work = [identity, audit](db::Connection& connection) {
    CredentialRepository(connection).end_sessions(identity.user_id, "");
    record(connection, audit, identity.user_id);
  };
  co_await tools_.store.write(work);
}

Task<std::string> Accounts::preferences(std::string user_id) {
  const auto find = [user_id](db::Connection& connection) { return Repository(connection).preferences(user_id); };
  co_return co_await tools_.store.read(find);
}

Task<> Accounts::set_preferences(std::string user_id, std::string json) {
  if (json.size() > kPreferencesMaxBytes) throw Error(ErrorCode::too_large, "preferences may have 64 KiB at most");
  const auto work = [user_id, json](db::Connection& connection) { Repository(connection).set_preferences(user_id, json); };
  co_await tools_.store.write(work);
}

Task<std::vector<ApiKey>> Accounts::keys(std::string user_id) {
  const auto find = [user_id](db::Connection& connection) { return CredentialRepository(connection).keys(user_id); };
  co_return co_await tools_.store.read(find);
}

Task<CreatedKey> Accounts::create_key(Identity owner, KeyRequest request, Client client) {
  if (!(request.scopes.both(scopes_of(owner.role)) == request.scopes))
    throw Error(ErrorCode::forbidden, "a key cannot do more than its owner: " + join(request.scopes.names(), ", ") + " is too much");
  CreatedKey created;
  created.secret = new_api_key(tools_.entropy);
  auto& key = created.key;
  key.id = new_id(tools_.entropy);
  key.name = check_name(request.name);
  key.hint = hint_of(created.secret);
  key.scopes = request.scopes;
  key.created_at = tools_.clock.system();
  if (request.lifetime) key.expires_at = key.created_at + *request.lifetime;
  key.limits = request.limits;
  auto audit = event(owner, client, "key.create", key.name);
  audit.detail = join(key.scopes.names(), " ");
  const NewKey added{key, owner.user_id, token_hash(created.secret)};
  const auto work = [added, audit](db::Connection& connection) {
    CredentialRepository(connection).add_key(added);
    record(connection, audit, added.user_id);
  };
  co_await tools_.store.write(work);
  co_return created;
}

Task<> Accounts::remove_key(Identity owner, std::string id, Client client) {
  auto audit = event(owner, client, "key.remove", id);
  const auto work = [owner, id, audit](db::Connection& connection) {
    if (!CredentialRepository(connection).remove_key(owner.user_id, id)) throw Error(ErrorCode::not_found, "there is no such key");
    record(connection, audit, owner.user_id);
  };
  co_await tools_.store.write(work);
}

}  // namespace fragua::accounts
