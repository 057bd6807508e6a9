// Administration: what an administrator does to users and groups, and the audit log. Callers: api/native. Threads: the loop's.
// There is always an administrator: the last one can neither be removed nor made something else.
#pragma once
#include <limits>

#include "accounts/service.h"

namespace fragua::accounts {

struct UserChange {
  std::optional<std::string> name;
  std::optional<Role> role;
  std::optional<Secret> password;               // ends the user's sessions
  std::optional<std::vector<std::string>> groups;
  std::optional<Limits> limits;
};

// Newest first. Empty: whatever the user, the action. "model." is every action on models.
struct AuditQuery {
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  std::int64_t limit = 50;
  std::string user;
  std::string action;
};

class Administration {
 public:
  explicit Administration(Tools tools) : tools_(std::move(tools)) {}

  Task<std::vector<User>> users();
  Task<User> add_user(Actor actor, std::string name, Secret password, Role role);      // Error(conflict)
  Task<User> change_user(Actor actor, std::string id, UserChange change);              // Error(not_found), Error(conflict)
  Task<> remove_user(Actor actor, std::string id);
  // Of somebody else; all three: Error(not_found).
  Task<std::vector<ApiKey>> keys_of(std::string user_id);
  Task<> remove_key(Actor actor, std::string user_id, std::string key_id);
  Task<> end_sessions(Actor actor, std::string user_id);
  Task<std::vector<Group>> groups();
  Task<Group> add_group(Actor actor, std::string name);
  Task<> remove_group(Actor actor, std::string id);
  Task<std::vector<AuditEvent>> events(AuditQuery query);
  Task<> record(Actor actor, std::string action, std::string target);

 private:
  AuditEvent event(const Actor& actor, std::string action, std::string target) const;
  Task<std::string> hash(Secret password);

  Tools tools_;
};

}  // namespace fragua::accounts
