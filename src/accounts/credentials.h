// CredentialRepository: the SQL of what people prove themselves with: sessions and API keys. Callers: accounts/ services.
// Threads: inside a db::Database transaction. Tokens come in as their hashes only.
#pragma once
#include "accounts/user.h"
#include "db/database.h"

namespace fragua::accounts {

struct NewSession {
  Session session;
  std::string user_id;
  std::string token_hash;
  SystemTime expires_at;
};

struct NewKey {
  ApiKey key;
  std::string user_id;
  std::string token_hash;
};

class CredentialRepository {
 public:
  explicit CredentialRepository(db::Connection& connection) : db_(connection) {}

  void add_session(const NewSession& added);                       // a user's oldest go when there are too many
  std::optional<Identity> find_session(const std::string& token_hash, SystemTime now);
  // True if it was seen so long ago that it is worth a write.
  bool is_stale(const std::string& session_id, SystemTime now);
  void touch_session(const std::string& id, SystemTime now, SystemTime expires_at);
  std::vector<Session> sessions(const std::string& user_id, SystemTime now);
  bool end_session(const std::string& user_id, const std::string& id);
  void end_sessions(const std::string& user_id, const std::string& except);
  void remove_expired(SystemTime now);

  void add_key(const NewKey& added);                               // Error(conflict): too many
  std::optional<Identity> find_key(const std::string& token_hash, SystemTime now);
  void touch_key(const std::string& id, SystemTime now);
  std::vector<ApiKey> keys(const std::string& user_id);
  bool remove_key(const std::string& user_id, const std::string& id);

 private:
  db::Connection& db_;
};

}  // namespace fragua::accounts
