#include "accounts/credentials.h"

#include "accounts/repository.h"
#include "base/error.h"
#include "base/strings.h"

namespace fragua::accounts {

namespace {

constexpr std::int64_t kSessionsMax = 50;
constexpr std::int64_t kKeysMax = 100;
constexpr std::chrono::minutes kStale{1};

Scopes stored_scopes(const std::string& text) {
  Scopes scopes;
  for (const auto& name : split(text, ' '))
    if (const auto scope = scope_named(name)) scopes.add(*scope);
  return scopes;
}

}  // namespace

void CredentialRepository::add_session(const NewSession& added) {
  const auto& session = added.session;
  db_.execute("INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
              {session.id, added.token_hash, added.user_id, to_millis(session.created_at), to_millis(added.expires_at), session.address, session.agent});
  db_.execute("DELETE FROM sessions WHERE user_id = $1 AND id NOT IN (SELECT id FROM sessions WHERE user_id = $1 ORDER BY last_seen_at DESC, created_at DESC LIMIT $2)",
              {added.user_id, kSessionsMax});
  db_.execute("UPDATE users SET last_seen_at = $2 WHERE id = $1", {added.user_id, to_millis(session.created_at)});
}

std::optional<Identity> CredentialRepository::find_session(const std::string& token_hash, SystemTime now) {
  const auto rows = db_.query(
      "SELECT s.id, u.id, u.name, u.role, u.requests_per_minute, u.tokens_per_minute, u.tokens_per_day"
      " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2",
      {token_hash, to_millis(now)});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows.front();
  Identity identity;
  identity.session_id = row.text(0);
  identity.user_id = row.text(1);
  identity.user_name = row.text(2);
  identity.role = role_named(row.text(3));
  identity.scopes = scopes_of(identity.role);
  identity.user_limits = read_limits(row, 4);
  return identity;
}

bool CredentialRepository::is_stale(const std::string& session_id, SystemTime now) {
  return !db_.query("SELECT 1 FROM sessions WHERE id = $1 AND last_seen_at < $2", {session_id, to_millis(now - kStale)}).empty();
}

void CredentialRepository::touch_session(const std::string& id, SystemTime now, SystemTime expires_at) {
  db_.execute("UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1", {id, to_millis(now), to_millis(expires_at)});
  db_.execute("UPDATE users SET last_seen_at = $2 WHERE id = (SELECT user_id FROM sessions WHERE id = $1)", {id, to_millis(now)});
}

std::vector<Session> CredentialRepository::sessions(const std::string& user_id, SystemTime now) {
  std::vector<Session> sessions;
  for (const auto& row : db_.query("SELECT id, created_at, last_seen_at, address, agent FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC",
                                   {user_id, to_millis(now)}))
    sessions.push_back({row.text(0), from_millis(row.integer(1)), from_millis(row.integer(2)), row.text(3), row.text(4)});
  return sessions;
}

bool CredentialRepository::end_session(const std::string& user_id, const std::string& id) {
  return db_.execute("DELETE FROM sessions WHERE user_id = $1 AND id = $2", {user_id, id}) > 0;
}

void CredentialRepository::end_sessions(const std::string& user_id, const std::string& except) {
  db_.execute("DELETE FROM sessions WHERE user_id = $1 AND id <> $2", {user_id, except});
}

void CredentialRepository::remove_expired(SystemTime now) {
  db_.execute("DELETE FROM sessions WHERE expires_at <= $1", {to_millis(now)});
}

void CredentialRepository::add_key(const NewKey& added) {
  const auto& key = added.key;
  if (db_.query("SELECT count(*) FROM api_keys WHERE user_id = $1", {added.user_id}).front().integer(0) >= kKeysMax)
    throw Error(ErrorCode::conflict, "there are 100 keys already: delete one that is not used any more");
  db_.execute("INSERT INTO api_keys (id, token_hash, user_id, name, hint, scopes, created_at, expires_at, requests_per_minute, tokens_per_minute, tokens_per_day)"
              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
              {key.id, added.token_hash, added.user_id, key.name, key.hint, join(key.scopes.names(), " "), to_millis(key.created_at),
               key.expires_at ? db::Value(to_millis(*key.expires_at)) : db::Value(nullptr), db::or_null(key.limits.requests_per_minute),
               db::or_null(key.limits.tokens_per_minute), db::or_null(key.limits.tokens_per_day)});
}

// A key can do what it was given, as long as its owner still can.
std::optional<Identity> CredentialRepository::find_key(const std::string& token_hash, SystemTime now) {
  const auto rows = db_.query(
      "SELECT k.id, u.id, u.name, u.role, k.scopes, u.requests_per_minute, u.tokens_per_minute, u.tokens_per_day, k.requests_per_minute,"
      " k.tokens_per_minute, k.tokens_per_day FROM api_keys k JOIN users u ON u.id = k.user_id"
      " WHERE k.token_hash = $1 AND (k.expires_at IS NULL OR k.expires_at > $2)",
      {token_hash, to_millis(now)});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows.front();
  Identity identity;
  identity.key_id = row.text(0);
  identity.user_id = row.text(1);
  identity.user_name = row.text(2);
  identity.role = role_named(row.text(3));
  identity.scopes = stored_scopes(row.text(4)).both(scopes_of(identity.role));
  identity.user_limits = read_limits(row, 5);
  identity.key_limits = read_limits(row, 8);
  return identity;
}

void CredentialRepository::touch_key(const std::string& id, SystemTime now) {
  db_.execute("UPDATE api_keys SET last_used_at = $2 WHERE id = $1", {id, to_millis(now)});
}

std::vector<ApiKey> CredentialRepository::keys(const std::string& user_id) {
  std::vector<ApiKey> keys;
  for (const auto& row : db_.query("SELECT id, name, hint, scopes, created_at, expires_at, last_used_at, requests_per_minute, tokens_per_minute, tokens_per_day"
                                   " FROM api_keys WHERE user_id = $1 ORDER BY created_at DESC",
                                   {user_id})) {
    ApiKey key{row.text(0), row.text(1), row.text(2), stored_scopes(row.text(3)), from_millis(row.integer(4)), {}, {}, read_limits(row, 7)};
    if (const auto expires = row.maybe_integer(5)) key.expires_at = from_millis(*expires);
    if (const auto used = row.maybe_integer(6)) key.last_used_at = from_millis(*used);
    keys.push_back(std::move(key));
  }
  return keys;
}

bool CredentialRepository::remove_key(const std::string& user_id, const std::string& id) {
  return db_.execute("DELETE FROM api_keys WHERE user_id = $1 AND id = $2", {user_id, id}) > 0;
}

}  // namespace fragua::accounts
