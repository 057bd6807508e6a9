#include "documents/document_repository.h"

#include "documents/page_words.h"

namespace fragua::documents {

namespace {

Document read_document(const db::Row& row) {
  Document d;
  d.number = row.integer(0);
  d.id = row.text(1);
  d.state = row.text(2);
  d.sha256 = row.text(3);
  d.bytes = row.integer(4);
  d.created_at = row.integer(5);
  d.updated_at = row.integer(6);
  d.pages = row.integer(7);
  d.chunks = row.integer(8);
  d.ocr_pages = row.integer(9);
  d.format = row.text(10);
  d.language = row.text(11);
  d.error_code = row.text(12);
  d.name = row.text(13);
  d.title = row.text(14);
  d.source = row.text(15);
  d.error = row.text(16);
  d.collection_number = row.integer(17);
  d.collection_id = row.text(18);
  return d;
}

std::vector<Document> read_documents(const db::Rows& rows) {
  std::vector<Document> documents;
  for (const auto& row : rows) documents.push_back(read_document(row));
  return documents;
}

std::optional<Document> first_of(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return read_document(rows.front());
}

Page read_page(const db::Row& row) {
  Page page;
  page.number = row.integer(0);
  page.label = row.text(1);
  page.width = row.real(2);
  page.height = row.real(3);
  page.ocr = row.truth(4);
  page.confidence = row.real(5);
  return page;
}

std::vector<std::string> first_column(const db::Rows& rows) {
  std::vector<std::string> texts;
  for (const auto& row : rows) texts.push_back(row.text(0));
  return texts;
}

// People take turns: next is the oldest document of the one whose last turn is longest ago, however many another has handed in.
constexpr std::string_view kNextWaiting =
    "SELECT * FROM document_rows WHERE state = 'received' AND collection_number IN (SELECT number FROM collections WHERE owner_id = ("
    "  SELECT waits.owner FROM (SELECT DISTINCT c.owner_id AS owner FROM documents d"
    "                           JOIN collections c ON c.number = d.collection_number WHERE d.state = 'received') waits"
    "  ORDER BY coalesce((SELECT max(d.updated_at) FROM documents d JOIN collections c ON c.number = d.collection_number"
    "                     WHERE c.owner_id = waits.owner AND d.state <> 'received'), 0), waits.owner LIMIT 1))"
    " ORDER BY number LIMIT 1";

}  // namespace

std::int64_t DocumentRepository::add(std::int64_t collection, const Document& d) {
  return db_
      .query("INSERT INTO documents (id, collection_number, state, sha256, bytes, created_at, updated_at, name, source)"
             " VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8) RETURNING number",
             {d.id, collection, d.state, d.sha256, d.bytes, d.created_at, d.name, d.source})
      .front()
      .integer(0);
}

std::vector<Document> DocumentRepository::list(std::int64_t collection, const DocumentQuery& query) {
  return read_documents(db_.query(
      "SELECT * FROM document_rows WHERE collection_number = $1 AND ($2 = '' OR state = $2) AND ($3 = 0 OR number < $3)"
      " AND ($4 = '' OR instr(lower(name), lower($4)) > 0 OR instr(lower(title), lower($4)) > 0) ORDER BY number DESC LIMIT $5",
      {collection, query.state, query.before, query.search, query.limit}));
}

std::vector<StateCount> DocumentRepository::count_by_state(std::int64_t collection) {
  std::vector<StateCount> counts;
  for (const auto& row : db_.query("SELECT state, count(*) FROM documents WHERE collection_number = $1 GROUP BY state", {collection}))
    counts.push_back({row.text(0), row.integer(1)});
  return counts;
}

std::int64_t DocumentRepository::bytes_of_collection(std::int64_t collection) {
  return db_.query("SELECT coalesce(sum(bytes), 0) FROM documents WHERE collection_number = $1", {collection}).front().integer(0);
}

std::optional<Document> DocumentRepository::find(const std::string& user, const std::string& id) {
  return first_of(db_.query("SELECT * FROM document_rows d WHERE d.id = $2 AND EXISTS (SELECT 1 FROM collection_access a"
                            " WHERE a.collection_number = d.collection_number AND a.user_id = $1)",
                            {user, id}));
}

Document DocumentRepository::require(const std::string& user, const std::string& id) {
  auto found = find(user, id);
  if (!found) throw not_found("document");
  return std::move(*found);
}

Document DocumentRepository::require_own(const std::string& user, const std::string& id) {
  auto found = require(user, id);
  const auto owned = db_.query("SELECT 1 FROM collections WHERE number = $1 AND owner_id = $2", {found.collection_number, user});
  if (owned.empty()) throw Error(ErrorCode::forbidden, "only the collection's owner may change its documents");
  return found;
}

std::optional<Document> DocumentRepository::find_by_number(std::int64_t number) {
  return first_of(db_.query("SELECT * FROM document_rows WHERE number = $1", {number}));
}

std::optional<Document> DocumentRepository::find_same(std::int64_t collection, const std::string& sha256, const std::string& name) {
  return first_of(db_.query("SELECT * FROM document_rows WHERE collection_number = $1 AND sha256 = $2 AND state <> 'failed'"
                            " AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.collection_number = $1 AND d.name = $3 AND d.sha256 <> $2)"
                            " ORDER BY name <> $3, number LIMIT 1",
                            {collection, sha256, name}));
}

std::optional<Document> DocumentRepository::find_copy(const std::string& user, std::int64_t collection, const std::string& id) {
  return first_of(db_.query("SELECT * FROM document_rows WHERE collection_number = $2 AND (id = $3 OR source = $4 OR sha256 = (SELECT d.sha256"
                            " FROM documents d JOIN collection_access a ON a.collection_number = d.collection_number WHERE d.id = $3 AND a.user_id = $1))"
                            " ORDER BY id <> $3, source <> $4, number LIMIT 1",
                            {user, collection, id, copy_source(id)}));
}

std::vector<std::string> DocumentRepository::copies_of(const std::string& user, const std::string& id) {
  return first_column(db_.query("SELECT d.id FROM documents d JOIN collections c ON c.number = d.collection_number WHERE d.source = $2 AND c.owner_id = $1",
                                {user, copy_source(id)}));
}

std::vector<Document> DocumentRepository::find_named(std::int64_t collection, const std::string& name, std::int64_t number) {
  return read_documents(db_.query("SELECT * FROM document_rows WHERE collection_number = $1 AND name = $2 AND number < $3",
                                  {collection, name, number}));
}

std::vector<std::string> DocumentRepository::ids_of_collection(std::int64_t collection) {
  return first_column(db_.query("SELECT id FROM documents WHERE collection_number = $1", {collection}));
}

std::vector<std::int64_t> DocumentRepository::indexed_of_collection(std::int64_t collection) {
  std::vector<std::int64_t> numbers;
  for (const auto& row : db_.query("SELECT number FROM documents WHERE collection_number = $1 AND state = 'indexed'", {collection}))
    numbers.push_back(row.integer(0));
  return numbers;
}

std::vector<std::string> DocumentRepository::all_ids() { return first_column(db_.query("SELECT id FROM documents")); }

std::optional<Document> DocumentRepository::take_waiting(std::int64_t now) {
  auto waiting = first_of(db_.query(kNextWaiting));
  if (!waiting) return std::nullopt;
  db_.execute("UPDATE documents SET state = 'extracting', updated_at = $2 WHERE number = $1", {waiting->number, now});
  return waiting;
}

std::int64_t DocumentRepository::recover() {
  db_.execute("DELETE FROM chunks WHERE document_number IN (SELECT number FROM documents WHERE state IN ('received', 'extracting'))");
  db_.execute("DELETE FROM document_pages WHERE document_number IN (SELECT number FROM documents WHERE state IN ('received', 'extracting'))");
  return db_.execute("UPDATE documents SET state = 'received' WHERE state = 'extracting'");
}

void DocumentRepository::clear(std::int64_t number) {
  db_.execute("DELETE FROM chunks WHERE document_number = $1", {number});
  db_.execute("DELETE FROM document_pages WHERE document_number = $1", {number});
}

void DocumentRepository::finish(const Document& d) {
  db_.execute(
      "UPDATE documents SET state = 'indexed', pages = $2, chunks = $3, ocr_pages = $4, format = $5, language = $6, title = $7,"
      " updated_at = $8, error_code = '', error = '' WHERE number = $1",
      {d.number, d.pages, d.chunks, d.ocr_pages, d.format, d.language, d.title, d.updated_at});
}

void DocumentRepository::fail(std::int64_t number, const std::string& code, const std::string& why, std::int64_t now) {
  clear(number);
  db_.execute("UPDATE documents SET state = 'failed', error_code = $2, error = $3, updated_at = $4 WHERE number = $1", {number, code, why, now});
}

void DocumentRepository::wait_again(std::int64_t number, std::int64_t now) {
  db_.execute("UPDATE documents SET state = 'received', error_code = '', error = '', updated_at = $2 WHERE number = $1", {number, now});
}

void DocumentRepository::remove(std::int64_t number) { db_.execute("DELETE FROM documents WHERE number = $1", {number}); }

void DocumentRepository::add_page(std::int64_t document, const Page& page) {
  db_.execute(
      "INSERT INTO document_pages (document_number, page, width, height, ocr, confidence, label, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {document, page.number, page.width, page.height, std::int64_t(page.ocr), page.confidence, page.label, db::Blob{pack_words(page.words)}});
}

std::vector<Page> DocumentRepository::pages(std::int64_t document) {
  std::vector<Page> pages;
  for (const auto& row :
       db_.query("SELECT page, label, width, height, ocr, confidence FROM document_pages WHERE document_number = $1 ORDER BY page", {document}))
    pages.push_back(read_page(row));
  return pages;
}

std::optional<Page> DocumentRepository::find_page(std::int64_t document, std::int64_t page) {
  const auto rows = db_.query(
      "SELECT page, label, width, height, ocr, confidence, words FROM document_pages WHERE document_number = $1 AND page = $2", {document, page});
  if (rows.empty()) return std::nullopt;
  auto found = read_page(rows.front());
  found.words = unpack_words(rows.front().text(6));
  return found;
}

}  // namespace fragua::documents
