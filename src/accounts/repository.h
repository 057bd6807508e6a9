// Repository: the SQL of accounts: users, groups, sessions, keys, the audit log, tokens of the day. Callers: accounts/ services.
// Threads: inside a db::Database transaction. Names are compared by their key (lower case).
#pragma once
#include "accounts/user.h"
#include "db/database.h"

namespace fragua::accounts {

std::int64_t to_millis(SystemTime time);
SystemTime from_millis(std::int64_t millis);
std::string name_key(std::string_view name);
// Reads the three columns of a Limits from `column` on.
Limits read_limits(const db::Row& row, std::size_t column);

// A user with what only accounts/ may see.
struct StoredUser {
  User user;
  std::string password_hash;
};

class Repository {
 public:
  explicit Repository(db::Connection& connection) : db_(connection) {}

  bool has_admin();
  std::int64_t count_admins();
  // Error(conflict): the name is taken.
  void add_user(const StoredUser& stored);
  std::optional<StoredUser> find_by_name(std::string_view name);
  std::optional<StoredUser> find_user(const std::string& id);
  std::vector<User> users();
  void set_name(const std::string& id, const std::string& name);
  void set_role(const std::string& id, Role role);
  void set_password(const std::string& id, const std::string& hash);
  void set_limits(const std::string& id, const Limits& limits);
  void set_groups(const std::string& id, const std::vector<std::string>& names);   // Error(invalid_argument): no such group
  bool remove_user(const std::string& id);
  std::string preferences(const std::string& id);
  void set_preferences(const std::string& id, const std::string& json);

  std::vector<Group> groups();
  void add_group(const Group& group);                                              // Error(conflict)
  bool remove_group(const std::string& id);

  void add_event(const AuditEvent& event, const std::string& user_id);
  // Newest first; "" for any user, any action. `action` may be the beginning of one.
  std::vector<AuditEvent> events(std::int64_t before, std::int64_t limit, const std::string& user, const std::string& action);

  std::int64_t tokens_of_day(const std::string& subject, std::int64_t day);
  void add_tokens(const std::string& subject, std::int64_t day, std::int64_t tokens);

 private:
  std::optional<StoredUser> one_user(const db::Rows& rows);
  std::vector<std::string> groups_of(const std::string& id);

  db::Connection& db_;
};

}  // namespace fragua::accounts
