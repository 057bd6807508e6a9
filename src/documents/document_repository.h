// DocumentRepository: the SQL of documents and their pages. Callers: documents/ services.
// Threads: inside a db::Database transaction. Callers have shown first that who asks may read the collection.
// Texts and vectors are chunk_repository's.
#pragma once
#include "db/database.h"
#include "documents/document.h"

namespace fragua::documents {

struct DocumentQuery {
  std::string search;                     // part of a name or title
  std::string state;                      // "": all
  std::int64_t limit = 50;
  std::int64_t before = 0;                // document number; 0: from the newest
};

struct StateCount {
  std::string state;
  std::int64_t count = 0;
};

class DocumentRepository {
 public:
  explicit DocumentRepository(db::Connection& connection) : db_(connection) {}

  std::int64_t add(std::int64_t collection, const Document& document);       // its number
  std::vector<Document> list(std::int64_t collection, const DocumentQuery& query);
  std::vector<StateCount> count_by_state(std::int64_t collection);
  std::int64_t bytes_of_collection(std::int64_t collection);
  // By the id that the outside knows, if `user` may read its collection.
  std::optional<Document> find(const std::string& user, const std::string& id);
  Document require(const std::string& user, const std::string& id);          // Error(not_found)
  Document require_own(const std::string& user, const std::string& id);      // Error(not_found), Error(forbidden)
  std::optional<Document> find_by_number(std::int64_t number);
  // One with the same content that has not failed; nothing where it would be a new version of the document of that name.
  std::optional<Document> find_same(std::int64_t collection, const std::string& sha256, const std::string& name);
  // In that collection: the one with this id, a copy of it, or one with its content, if `user` may read that.
  std::optional<Document> find_copy(const std::string& user, std::int64_t collection, const std::string& id);
  // Ids of the copies of a document in `user`'s own collections.
  std::vector<std::string> copies_of(const std::string& user, const std::string& id);
  // Indexed ones of that name, except `number`: what a new version replaces.
  std::vector<Document> find_named(std::int64_t collection, const std::string& name, std::int64_t number);
  std::vector<std::string> ids_of_collection(std::int64_t collection);
  std::vector<std::int64_t> indexed_of_collection(std::int64_t collection);  // numbers
  std::vector<std::string> all_ids();

  // The oldest that waits; it is extracting from now on.
  std::optional<Document> take_waiting(std::int64_t now);
  // What a crash left half done waits again; how many.
  std::int64_t recover();
  // What an earlier attempt left of its texts goes.
  void clear(std::int64_t number);
  void finish(const Document& document);                                     // indexed, with its figures
  void fail(std::int64_t number, const std::string& code, const std::string& why, std::int64_t now);
  void wait_again(std::int64_t number, std::int64_t now);
  void remove(std::int64_t number);

  void add_page(std::int64_t document, const Page& page);
  // Without words, in order.
  std::vector<Page> pages(std::int64_t document);
  std::optional<Page> find_page(std::int64_t document, std::int64_t page);

 private:
  db::Connection& db_;
};

}  // namespace fragua::documents
