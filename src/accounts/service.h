// Accounts: who somebody is: the first administrator, sign-up, sign-in, sessions, passwords, API keys, and identifying what a request carries.
// Callers: api/ (guard, native/). Threads: the loop's; passwords are hashed on a pool of their own.
// Never tells whether a name exists: a wrong name takes as long and answers as a wrong password.
#pragma once
#include "accounts/attempts.h"
#include "accounts/credentials.h"
#include "accounts/repository.h"
#include "base/entropy.h"
#include "base/log.h"
#include "base/secret.h"
#include "db/store.h"

namespace fragua::accounts {

enum class SignUp { closed, pending, open };

struct Tools {
  db::Store& store;
  WorkerPool& passwords;
  const Clock& clock;
  Entropy entropy;
  Log& log;
};

struct SignedIn {
  Identity identity;
  Secret token;                                 // of the session's cookie
};

struct KeyRequest {
  std::string name;
  Scopes scopes;
  std::optional<std::chrono::hours> lifetime;
  Limits limits;
};
struct CreatedKey {
  ApiKey key;
  Secret secret;                                // shown once
};

class Accounts {
 public:
  Accounts(Tools tools, SignUp sign_up);

  // Whether there is no administrator yet.
  Task<bool> needs_setup();
  // What somebody who is not on this machine must know to become the first administrator; app/ prints it.
  const Secret& setup_token() const { return setup_token_; }
  SignUp sign_up_mode() const { return sign_up_; }

  // Error(conflict): there is one already. Error(forbidden): not from this machine, and the token is wrong.
  Task<SignedIn> set_up(std::string name, Secret password, Secret token, Client client);
  // Error(forbidden): sign-up is closed. Error(conflict): the name is taken.
  Task<SignedIn> sign_up(std::string name, Secret password, Client client);
  // Error(unauthorized), Error(rate_limited).
  Task<SignedIn> sign_in(std::string name, Secret password, Client client);
  Task<> change_password(Identity identity, Secret current, Secret wanted, Client client);

  Task<std::optional<Identity>> identify_session(Secret token);
  Task<std::optional<Identity>> identify_key(Secret key);
  Task<std::optional<User>> find_user(std::string id);

  Task<std::vector<Session>> sessions(std::string user_id);
  Task<> end_session(Identity identity, std::string id, Client client);   // Error(not_found)
  Task<> end_all_sessions(Identity identity, Client client);

  Task<std::string> preferences(std::string user_id);
  Task<> set_preferences(std::string user_id, std::string json);

  Task<std::vector<ApiKey>> keys(std::string user_id);
  // Error(forbidden): a scope that its owner has not.
  Task<CreatedKey> create_key(Identity owner, KeyRequest request, Client client);
  Task<> remove_key(Identity owner, std::string id, Client client);       // Error(not_found)

 private:
  Task<SignedIn> open_session(User user, Client client);
  Task<std::string> hash(Secret password);
  Task<bool> verify(std::string hash, Secret password);
  User new_user(const std::string& name, Role role) const;
  AuditEvent event(const Identity& who, const Client& client, std::string action, std::string target) const;

  Tools tools_;
  SignUp sign_up_;
  Secret setup_token_;
  Attempts attempts_;
  std::map<std::string, SteadyTime> keys_seen_;   // so that a busy key is not written at every request
};

// Error(invalid_argument): empty, too long, control characters, not UTF-8. Returns it without space around.
std::string check_name(std::string_view name);

}  // namespace fragua::accounts
