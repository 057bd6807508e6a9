#include "conversations/message_repository.h"

#include <algorithm>

#include "base/body.h"
#include "conversations/repository.h"

namespace fragua::conversations {

namespace {

constexpr std::int64_t kDepthMax = 100'000;

Message read_message(const db::Row& row) {
  Message m;
  m.number = row.integer(0);
  m.id = row.text(1);
  m.parent_id = row.text(2);
  m.role = row.text(3);
  m.content = row.text(4);
  m.thinking = row.text(5);
  m.images = texts_of(row.text(6));
  m.model = row.text(7);
  m.status = row.text(8);
  m.error = row.text(9);
  m.rating = int(row.integer(10));
  m.created_at = row.integer(11);
  m.siblings = texts_of(row.text(12));
  if (const auto figures = row.text(13); !figures.empty()) m.figures = read_body<Figures>(parse_json(figures), Unknown::ignored);
  m.done_reason = row.text(14);
  if (const auto sufficient = row.maybe_integer(16)) m.sufficient = *sufficient != 0;
  m.collections = texts_of(row.text(17));
  m.sources = parse_json(row.text(18)).as_array();
  return m;
}

std::string json_of(const std::optional<Figures>& figures) { return figures ? to_json(write_body(*figures)) : ""; }

std::optional<Message> one(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return read_message(rows.front());
}

StoredFile read_file_row(const db::Row& row) { return {row.text(0), row.text(1), row.text(2), row.text(3)}; }

}  // namespace

void MessageRepository::add(const std::string& conversation_id, const std::string& owner_word, const Message& m) {
  db_.execute(
      "INSERT INTO messages (id, conversation_id, parent_id, search_owner, role, model, status, error, rating, created_at, done_reason, images,"
      " figures, thinking, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      {m.id, conversation_id, m.parent_id, owner_word, m.role, m.model, m.status, m.error, std::int64_t(m.rating), m.created_at, m.done_reason,
       conversations::json_of(m.images), json_of(m.figures), m.thinking, m.content});
  if (!m.collections.empty())
    db_.execute("INSERT INTO message_sources (message_id, collections) VALUES ($1, $2)", {m.id, conversations::json_of(m.collections)});
  add_sources(m);
}

std::optional<Message> MessageRepository::find(const std::string& conversation_id, const std::string& id) {
  return one(db_.query("SELECT * FROM message_rows WHERE id = $2 AND conversation_id = $1", {conversation_id, id}));
}

Message MessageRepository::require(const std::string& conversation_id, const std::string& id) {
  auto found = find(conversation_id, id);
  if (!found) throw not_found("message");
  return std::move(*found);
}

std::int64_t MessageRepository::count(const std::string& conversation_id) {
  return db_.query("SELECT count(*) FROM messages WHERE conversation_id = $1", {conversation_id}).front().integer(0);
}

Branch MessageRepository::branch(const std::string& conversation_id, const std::string& leaf_id, BranchLimits limits) {
  const auto rows = db_.query(
      "WITH RECURSIVE branch (number, parent_id, step, bytes) AS ("
      " SELECT number, parent_id, 1, octet_length(content) + octet_length(thinking) FROM messages WHERE conversation_id = $1 AND id = $2"
      " UNION ALL SELECT m.number, m.parent_id, b.step + 1, b.bytes + octet_length(m.content) + octet_length(m.thinking)"
      " FROM branch b JOIN messages m ON m.id = b.parent_id WHERE m.conversation_id = $1 AND b.step < $3 AND b.bytes < $4)"
      " SELECT r.* FROM branch b JOIN message_rows r ON r.number = b.number ORDER BY b.step DESC",
      {conversation_id, leaf_id, limits.messages, limits.bytes});
  Branch branch;
  for (const auto& row : rows) branch.messages.push_back(read_message(row));
  branch.more = !branch.messages.empty() && !branch.messages.front().parent_id.empty();
  return branch;
}

std::string MessageRepository::deepest(const std::string& conversation_id, const std::string& id) {
  const auto rows = db_.query(
      "WITH RECURSIVE line (id, step) AS (SELECT $2, 0 UNION ALL"
      " SELECT (SELECT m.id FROM messages m WHERE m.conversation_id = $1 AND m.parent_id = l.id ORDER BY m.number DESC LIMIT 1), l.step + 1"
      " FROM line l WHERE l.id IS NOT NULL AND l.step < $3) SELECT id FROM line WHERE id IS NOT NULL ORDER BY step DESC LIMIT 1",
      {conversation_id, id, kDepthMax});
  return rows.empty() ? "" : rows.front().text(0);
}

std::string MessageRepository::newest_leaf(const std::string& conversation_id) {
  const auto rows =
      db_.query("SELECT id FROM messages WHERE conversation_id = $1 AND parent_id = '' ORDER BY number DESC LIMIT 1", {conversation_id});
  return rows.empty() ? "" : deepest(conversation_id, rows.front().text(0));
}

std::vector<Message> MessageRepository::after(const std::string& conversation_id, std::int64_t number, std::int64_t limit) {
  std::vector<Message> messages;
  for (const auto& row : db_.query("SELECT * FROM message_rows WHERE conversation_id = $1 AND number > $2 ORDER BY number LIMIT $3",
                                   {conversation_id, number, limit}))
    messages.push_back(read_message(row));
  return messages;
}

std::vector<std::int64_t> MessageRepository::branch_numbers(const std::string& conversation_id, const std::string& leaf_id) {
  const auto rows = db_.query(
      "WITH RECURSIVE branch (number, parent_id, step) AS ("
      " SELECT number, parent_id, 1 FROM messages WHERE conversation_id = $1 AND id = $2"
      " UNION ALL SELECT m.number, m.parent_id, b.step + 1 FROM branch b JOIN messages m ON m.id = b.parent_id"
      " WHERE m.conversation_id = $1 AND b.step < $3) SELECT number FROM branch ORDER BY step DESC",
      {conversation_id, leaf_id, kDepthMax});
  std::vector<std::int64_t> numbers;
  for (const auto& row : rows) numbers.push_back(row.integer(0));
  return numbers;
}

std::optional<Message> MessageRepository::find_number(const std::string& conversation_id, std::int64_t number) {
  return one(db_.query("SELECT * FROM message_rows WHERE number = $2 AND conversation_id = $1", {conversation_id, number}));
}

bool MessageRepository::is_in_branch(const std::string& conversation_id, const std::string& leaf_id, const std::string& id) {
  const auto rows = db_.query(
      "WITH RECURSIVE branch (id, parent_id, step) AS (SELECT id, parent_id, 1 FROM messages WHERE conversation_id = $1 AND id = $2"
      " UNION ALL SELECT m.id, m.parent_id, b.step + 1 FROM branch b JOIN messages m ON m.id = b.parent_id"
      " WHERE m.conversation_id = $1 AND b.step < $4 AND b.id <> $3) SELECT 1 FROM branch WHERE id = $3",
      {conversation_id, leaf_id, id, kDepthMax});
  return !rows.empty();
}

void MessageRepository::save_text(const AnswerText& text) {
  db_.execute("UPDATE messages SET content = $2, thinking = $3 WHERE id = $1 AND status = 'running'", {text.message_id, text.content, text.thinking});
}

void MessageRepository::finish(const Message& m) {
  db_.execute(
      "UPDATE messages SET content = $2, thinking = $3, status = $4, error = $5, done_reason = $6, figures = $7 WHERE id = $1 AND status = 'running'",
      {m.id, m.content, m.thinking, m.status, m.error, m.done_reason, json_of(m.figures)});
  add_sources(m);
}

void MessageRepository::add_sources(const Message& m) {
  if (m.sufficient)
    db_.execute("INSERT INTO message_sources (message_id, sufficient, sources) VALUES ($1, $2, $3)"
                " ON CONFLICT (message_id) DO UPDATE SET sufficient = excluded.sufficient, sources = excluded.sources",
                {m.id, std::int64_t(*m.sufficient), to_json(m.sources)});
}

bool MessageRepository::start_again(const std::string& id) {
  return db_.execute("UPDATE messages SET status = 'running', error = '', done_reason = '', thinking = CASE WHEN content = '' THEN '' ELSE thinking END"
              " WHERE id = $1 AND status <> 'running'",
              {id}) > 0;
}

bool MessageRepository::rate(const std::string& conversation_id, const std::string& id, int rating) {
  return db_.execute("UPDATE messages SET rating = $3 WHERE id = $2 AND conversation_id = $1", {conversation_id, id, std::int64_t(rating)}) > 0;
}

std::int64_t MessageRepository::stop_all_running() {
  return db_.execute("UPDATE messages SET status = 'stopped' WHERE status = 'running'");
}

void MessageRepository::add_file(const std::string& conversation_id, const StoredFile& file, std::int64_t now) {
  db_.execute("INSERT INTO files (id, conversation_id, message_id, created_at, type, bytes) VALUES ($1, $2, $3, $4, $5, $6)",
              {file.id, conversation_id, file.message_id, now, file.type, db::Blob{file.bytes}});
}

std::optional<StoredFile> MessageRepository::find_file(const std::string& conversation_id, const std::string& id) {
  const auto rows = db_.query("SELECT id, message_id, type, bytes FROM files WHERE id = $2 AND conversation_id = $1", {conversation_id, id});
  if (rows.empty()) return std::nullopt;
  return read_file_row(rows.front());
}

std::optional<StoredFile> MessageRepository::find_visible_file(const std::string& user, const std::string& id) {
  const auto rows = db_.query(
      "SELECT f.id, f.message_id, f.conversation_id, c.user_id = $2, s.leaf_id FROM files f JOIN conversations c ON c.id = f.conversation_id"
      " LEFT JOIN shares s ON s.conversation_id = c.id WHERE f.id = $1 AND c.deleted_at IS NULL",
      {id, user});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows.front();
  const auto conversation_id = row.text(2);
  const bool own = row.truth(3), shared = row.maybe_text(4).has_value();
  if (!own && !(shared && is_in_branch(conversation_id, row.text(4), row.text(1)))) return std::nullopt;
  return find_file(conversation_id, id);
}

}  // namespace fragua::conversations
