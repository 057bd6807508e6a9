#include "documents/collection_repository.h"

#include "base/strings.h"

namespace fragua::documents {

namespace {

Collection read_collection(const db::Row& row) {
  Collection c;
  c.number = row.integer(0);
  c.id = row.text(1);
  c.owner_id = row.text(2);
  c.owner = row.text(3);
  c.name = row.text(4);
  c.embedding_model = row.text(5);
  c.next_embedding_model = row.text(6);
  c.chunk_characters = row.integer(7);
  c.chunk_overlap = row.integer(8);
  c.created_at = row.integer(9);
  c.updated_at = row.integer(10);
  c.prompt = row.text(11);
  c.documents = row.integer(12);
  c.chunks = row.integer(13);
  return c;
}

db::Value or_null(const std::optional<std::string>& value) { return value ? db::Value(*value) : db::Value(nullptr); }

}  // namespace

std::vector<Collection> CollectionRepository::read(const db::Rows& rows, const std::string& user) {
  std::vector<Collection> collections;
  for (const auto& row : rows) {
    collections.push_back(read_collection(row));
    collections.back().is_own = collections.back().owner_id == user;
  }
  return collections;
}

void CollectionRepository::add(const Collection& c) {
  check_name_free(c.owner_id, c.name, c.number);
  db_.execute(
      "INSERT INTO collections (id, owner_id, name, name_key, embedding_model, chunk_characters, chunk_overlap, created_at, updated_at, prompt)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
      {c.id, c.owner_id, c.name, lowercase(c.name), c.embedding_model, c.chunk_characters, c.chunk_overlap, c.created_at, c.prompt});
}

std::vector<Collection> CollectionRepository::list(const std::string& user) {
  return read(db_.query("SELECT * FROM collection_rows c WHERE EXISTS (SELECT 1 FROM collection_access a WHERE a.collection_number = c.number"
                        " AND a.user_id = $1) ORDER BY c.owner_id <> $1, c.name, c.number",
                        {user}),
              user);
}

std::optional<Collection> CollectionRepository::find(const std::string& user, const std::string& id) {
  auto found = read(db_.query("SELECT * FROM collection_rows c WHERE c.id = $2 AND EXISTS (SELECT 1 FROM collection_access a"
                              " WHERE a.collection_number = c.number AND a.user_id = $1)",
                              {user, id}),
                    user);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Collection CollectionRepository::require(const std::string& user, const std::string& id) {
  auto found = find(user, id);
  if (!found) throw not_found("collection");
  return std::move(*found);
}

Collection CollectionRepository::require_own(const std::string& user, const std::string& id) {
  auto found = require(user, id);
  if (!found.is_own) throw Error(ErrorCode::forbidden, "only its owner may change this collection");
  return found;
}

std::optional<Collection> CollectionRepository::find_own_named(const std::string& user, const std::string& name) {
  auto found = read(db_.query("SELECT * FROM collection_rows WHERE owner_id = $1 AND number = (SELECT number FROM collections"
                              " WHERE owner_id = $1 AND name_key = $2)",
                              {user, lowercase(name)}),
                    user);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<Collection> CollectionRepository::find_by_number(std::int64_t number) {
  const auto rows = db_.query("SELECT * FROM collection_rows WHERE number = $1", {number});
  if (rows.empty()) return std::nullopt;
  return read_collection(rows.front());
}

std::int64_t CollectionRepository::count(const std::string& user) {
  return db_.query("SELECT count(*) FROM collections WHERE owner_id = $1", {user}).front().integer(0);
}

void CollectionRepository::check_name_free(const std::string& owner, const std::string& name, std::int64_t number) {
  const auto found = find_own_named(owner, name);
  if (found && found->number != number) throw Error(ErrorCode::conflict, "you have a collection called \"" + name + "\" already");
}

void CollectionRepository::change(const Collection& collection, const CollectionChange& change, std::int64_t now) {
  if (change.name) check_name_free(collection.owner_id, *change.name, collection.number);
  const auto key = change.name ? std::optional(lowercase(*change.name)) : std::nullopt;
  db_.execute(
      "UPDATE collections SET name = coalesce($2, name), name_key = coalesce($3, name_key), prompt = coalesce($4, prompt),"
      " next_embedding_model = coalesce($5, next_embedding_model), chunk_characters = coalesce($6, chunk_characters),"
      " chunk_overlap = coalesce($7, chunk_overlap), updated_at = $8 WHERE number = $1",
      {collection.number, or_null(change.name), or_null(key), or_null(change.prompt), or_null(change.next_embedding_model),
       db::or_null(change.chunk_characters), db::or_null(change.chunk_overlap), now});
}

void CollectionRepository::remove(std::int64_t number) { db_.execute("DELETE FROM collections WHERE number = $1", {number}); }

std::vector<Collection> CollectionRepository::changing_model() {
  return read(db_.query("SELECT * FROM collection_rows WHERE next_embedding_model <> '' ORDER BY number"), "");
}

void CollectionRepository::finish_model_change(std::int64_t number) {
  db_.execute(
      "DELETE FROM chunk_vectors WHERE model = (SELECT embedding_model FROM collections WHERE number = $1)"
      " AND chunk_number IN (SELECT c.number FROM chunks c JOIN documents d ON d.number = c.document_number WHERE d.collection_number = $1)",
      {number});
  db_.execute("UPDATE collections SET embedding_model = next_embedding_model, next_embedding_model = '' WHERE number = $1", {number});
}

std::vector<Reader> CollectionRepository::readers(std::int64_t number) {
  const auto rows = db_.query(
      "SELECT r.kind, r.reader_id, coalesce(u.name, g.name, '') FROM collection_readers r"
      " LEFT JOIN users u ON r.kind = 'user' AND u.id = r.reader_id LEFT JOIN user_groups g ON r.kind = 'group' AND g.id = r.reader_id"
      " WHERE r.collection_number = $1 AND (r.kind = 'everyone' OR u.id IS NOT NULL OR g.id IS NOT NULL) ORDER BY r.kind, 3",
      {number});
  std::vector<Reader> readers;
  for (const auto& row : rows) readers.push_back({row.text(0), row.text(1), row.text(2)});
  return readers;
}

// Members cannot list people: they know each other's names.
std::string CollectionRepository::reader_id(const Reader& reader) {
  if (reader.kind == "everyone") return "";
  const auto key = lowercase(reader.name);
  const auto rows = reader.kind == "user"
                        ? db_.query("SELECT id FROM users WHERE id = $1 OR ($1 = '' AND name_key = $2)", {reader.id, key})
                        : db_.query("SELECT id FROM user_groups WHERE id = $1 OR ($1 = '' AND name_key = $2)", {reader.id, key});
  if (rows.empty())
    throw Error(ErrorCode::invalid_argument, "\"readers\": there is no " + reader.kind + " \"" + (reader.id.empty() ? reader.name : reader.id) + "\"");
  return rows.front().text(0);
}

void CollectionRepository::set_readers(std::int64_t number, const std::vector<Reader>& readers) {
  db_.execute("DELETE FROM collection_readers WHERE collection_number = $1", {number});
  for (const auto& reader : readers)
    db_.execute("INSERT INTO collection_readers (collection_number, kind, reader_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                {number, reader.kind, reader_id(reader)});
}

}  // namespace fragua::documents
