#include "accounts/repository.h"

#include "base/error.h"
#include "base/strings.h"

namespace fragua::accounts {

namespace {

constexpr std::int64_t kEventsKept = 100'000;

User read_user(const db::Row& row) {
  User user;
  user.id = row.text(0);
  user.name = row.text(1);
  user.role = role_named(row.text(2));
  user.created_at = from_millis(row.integer(3));
  if (const auto seen = row.maybe_integer(4)) user.last_seen_at = from_millis(*seen);
  user.limits = read_limits(row, 5);
  return user;
}

}  // namespace

std::int64_t to_millis(SystemTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

SystemTime from_millis(std::int64_t millis) { return SystemTime(std::chrono::milliseconds(millis)); }

std::string name_key(std::string_view name) { return lowercase(trimmed(name)); }

Limits read_limits(const db::Row& row, std::size_t column) {
  return {row.maybe_integer(column), row.maybe_integer(column + 1), row.maybe_integer(column + 2)};
}

bool Repository::has_admin() { return count_admins() > 0; }

std::int64_t Repository::count_admins() { return db_.query("SELECT count(*) FROM users WHERE role = 'admin'").front().integer(0); }

void Repository::add_user(const StoredUser& stored) {
  const auto& user = stored.user;
  if (find_by_name(user.name)) throw Error(ErrorCode::conflict, "the name \"" + user.name + "\" is taken");
  db_.execute("INSERT INTO users (id, name, name_key, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
              {user.id, user.name, name_key(user.name), std::string(name_of(user.role)), stored.password_hash, to_millis(user.created_at)});
}

std::optional<StoredUser> Repository::one_user(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  StoredUser stored{read_user(rows.front()), rows.front().text(8)};
  stored.user.groups = groups_of(stored.user.id);
  return stored;
}

std::optional<StoredUser> Repository::find_by_name(std::string_view name) {
  return one_user(db_.query(
      "SELECT id, name, role, created_at, last_seen_at, requests_per_minute, tokens_per_minute, tokens_per_day, password_hash"
      " FROM users WHERE name_key = $1",
      {name_key(name)}));
}

std::optional<StoredUser> Repository::find_user(const std::string& id) {
  return one_user(db_.query(
      "SELECT id, name, role, created_at, last_seen_at, requests_per_minute, tokens_per_minute, tokens_per_day, password_hash"
      " FROM users WHERE id = $1",
      {id}));
}

std::vector<User> Repository::users() {
  std::vector<User> users;
  for (const auto& row : db_.query("SELECT id, name, role, created_at, last_seen_at, requests_per_minute, tokens_per_minute, tokens_per_day"
                                   " FROM users ORDER BY name_key")) {
    users.push_back(read_user(row));
    users.back().groups = groups_of(users.back().id);
  }
  return users;
}

void Repository::set_name(const std::string& id, const std::string& name) {
  const auto other = find_by_name(name);
  if (other && other->user.id != id) throw Error(ErrorCode::conflict, "the name \"" + name + "\" is taken");
  db_.execute("UPDATE users SET name = $2, name_key = $3 WHERE id = $1", {id, name, name_key(name)});
}

void Repository::set_role(const std::string& id, Role role) {
  db_.execute("UPDATE users SET role = $2 WHERE id = $1", {id, std::string(name_of(role))});
}

void Repository::set_password(const std::string& id, const std::string& hash) {
  db_.execute("UPDATE users SET password_hash = $2 WHERE id = $1", {id, hash});
}

void Repository::set_limits(const std::string& id, const Limits& limits) {
  db_.execute("UPDATE users SET requests_per_minute = $2, tokens_per_minute = $3, tokens_per_day = $4 WHERE id = $1",
              {id, db::or_null(limits.requests_per_minute), db::or_null(limits.tokens_per_minute), db::or_null(limits.tokens_per_day)});
}

void Repository::set_groups(const std::string& id, const std::vector<std::string>& names) {
  db_.execute("DELETE FROM group_members WHERE user_id = $1", {id});
  for (const auto& name : names) {
    const auto rows = db_.query("SELECT id FROM user_groups WHERE name_key = $1", {name_key(name)});
    if (rows.empty()) throw Error(ErrorCode::invalid_argument, "there is no group \"" + name + "\"");
    db_.execute("INSERT INTO group_members (group_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", {rows.front().text(0), id});
  }
}

bool Repository::remove_user(const std::string& id) { return db_.execute("DELETE FROM users WHERE id = $1", {id}) > 0; }

std::string Repository::preferences(const std::string& id) {
  const auto rows = db_.query("SELECT preferences FROM users WHERE id = $1", {id});
  return rows.empty() ? "{}" : rows.front().text(0);
}

void Repository::set_preferences(const std::string& id, const std::string& json) {
  db_.execute("UPDATE users SET preferences = $2 WHERE id = $1", {id, json});
}

std::vector<std::string> Repository::groups_of(const std::string& id) {
  std::vector<std::string> names;
  for (const auto& row : db_.query("SELECT g.name FROM user_groups g JOIN group_members m ON m.group_id = g.id WHERE m.user_id = $1 ORDER BY g.name_key", {id}))
    names.push_back(row.text(0));
  return names;
}

std::vector<Group> Repository::groups() {
  std::vector<Group> groups;
  for (const auto& row : db_.query("SELECT g.id, g.name, (SELECT count(*) FROM group_members m WHERE m.group_id = g.id) FROM user_groups g ORDER BY g.name_key"))
    groups.push_back({row.text(0), row.text(1), row.integer(2)});
  return groups;
}

void Repository::add_group(const Group& group) {
  if (!db_.query("SELECT 1 FROM user_groups WHERE name_key = $1", {name_key(group.name)}).empty())
    throw Error(ErrorCode::conflict, "the group \"" + group.name + "\" exists already");
  db_.execute("INSERT INTO user_groups (id, name, name_key) VALUES ($1, $2, $3)", {group.id, group.name, name_key(group.name)});
}

bool Repository::remove_group(const std::string& id) { return db_.execute("DELETE FROM user_groups WHERE id = $1", {id}) > 0; }

void Repository::add_event(const AuditEvent& event, const std::string& user_id) {
  const auto id = db_.query("SELECT coalesce(max(id), 0) + 1 FROM audit_events").front().integer(0);
  db_.execute("INSERT INTO audit_events (id, at, user_id, user_name, action, target, address, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
              {id, to_millis(event.at), user_id, event.user, event.action, event.target, event.address, event.detail});
  db_.execute("DELETE FROM audit_events WHERE id <= $1", {id - kEventsKept});
}

std::vector<AuditEvent> Repository::events(std::int64_t before, std::int64_t limit, const std::string& user, const std::string& action) {
  std::vector<AuditEvent> events;
  for (const auto& row : db_.query("SELECT id, at, user_name, action, target, address, detail FROM audit_events"
                                   " WHERE id < $1 AND ($3 = '' OR user_name = $3) AND substr(action, 1, length($4)) = $4 ORDER BY id DESC LIMIT $2",
                                   {before, limit, user, action}))
    events.push_back({row.integer(0), from_millis(row.integer(1)), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)});
  return events;
}

std::int64_t Repository::tokens_of_day(const std::string& subject, std::int64_t day) {
  const auto rows = db_.query("SELECT tokens FROM token_days WHERE subject = $1 AND day = $2", {subject, day});
  return rows.empty() ? 0 : rows.front().integer(0);
}

void Repository::add_tokens(const std::string& subject, std::int64_t day, std::int64_t tokens) {
  db_.execute("INSERT INTO token_days (subject, day, tokens) VALUES ($1, $2, $3)"
              " ON CONFLICT (subject, day) DO UPDATE SET tokens = token_days.tokens + excluded.tokens",
              {subject, day, tokens});
  db_.execute("DELETE FROM token_days WHERE subject = $1 AND day < $2", {subject, day});
}

}  // namespace fragua::accounts
