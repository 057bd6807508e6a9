// CollectionRepository: the SQL of collections and of who may read them. Callers: documents/ services.
// Threads: inside a db::Database transaction. Every query names who asks: what they may not see is not found.
#pragma once
#include "db/database.h"
#include "documents/document.h"

namespace fragua::documents {

// What is absent stays as it is.
struct CollectionChange {
  std::optional<std::string> name;
  std::optional<std::string> prompt;
  std::optional<std::string> next_embedding_model;
  std::optional<std::int64_t> chunk_characters;
  std::optional<std::int64_t> chunk_overlap;
};

class CollectionRepository {
 public:
  explicit CollectionRepository(db::Connection& connection) : db_(connection) {}

  // Error(conflict): the owner has one of that name.
  void add(const Collection& collection);
  // What `user` may read: their own first, by name.
  std::vector<Collection> list(const std::string& user);
  std::optional<Collection> find(const std::string& user, const std::string& id);
  Collection require(const std::string& user, const std::string& id);        // Error(not_found)
  Collection require_own(const std::string& user, const std::string& id);    // Error(not_found), Error(forbidden) for a reader
  std::optional<Collection> find_own_named(const std::string& user, const std::string& name);
  std::optional<Collection> find_by_number(std::int64_t number);             // for the house's own work
  std::int64_t count(const std::string& user);

  // Error(conflict) as above.
  void change(const Collection& collection, const CollectionChange& change, std::int64_t now);
  void remove(std::int64_t number);

  // Those that have an embedding model to change to.
  std::vector<Collection> changing_model();
  // The next model becomes the model; its predecessor's vectors go.
  void finish_model_change(std::int64_t number);

  std::vector<Reader> readers(std::int64_t number);
  // By id, or by name where there is none. Error(invalid_argument): no such user or group.
  void set_readers(std::int64_t number, const std::vector<Reader>& readers);

 private:
  std::string reader_id(const Reader& reader);
  void check_name_free(const std::string& owner, const std::string& name, std::int64_t number);
  std::vector<Collection> read(const db::Rows& rows, const std::string& user);
  db::Connection& db_;
};

}  // namespace fragua::documents
