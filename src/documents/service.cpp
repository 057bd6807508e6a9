#include "documents/service.h"

#include <algorithm>
#include <fstream>

#include "base/strings.h"
#include "documents/citations.h"

namespace fragua::documents {

namespace {

constexpr std::int64_t kCollectionsMax = 1000;       // of one user
constexpr std::int64_t kListMax = 200;
constexpr std::size_t kReadersMax = 1000;
constexpr std::size_t kPromptMaxBytes = 16 << 10;
constexpr std::int64_t kChunkMin = 200, kChunkMax = 8000;
constexpr std::size_t kQuoteMaxBytes = 4000;
constexpr std::size_t kPieceBytes = 1 << 20;

[[noreturn]] void fail(const std::string& text) { throw Error(ErrorCode::invalid_argument, text); }

std::string clean_name(const std::string& name) {
  const std::string text(trimmed(name));
  if (text.empty()) fail("\"name\" must not be empty");
  if (text.size() > kNameMaxBytes) throw Error(ErrorCode::too_large, "\"name\" must be at most 300 bytes");
  return text;
}

void check_sizes(const std::optional<std::int64_t>& characters, const std::optional<std::int64_t>& overlap, std::int64_t characters_now) {
  if (characters && (*characters < kChunkMin || *characters > kChunkMax)) fail("\"chunk_characters\" must be between 200 and 8000");
  if (overlap && (*overlap < 0 || *overlap > characters.value_or(characters_now) / 2)) fail("\"chunk_overlap\" must be at most half of chunk_characters");
}

void check_prompt(const std::string& prompt) {
  if (prompt.size() > kPromptMaxBytes) throw Error(ErrorCode::too_large, "\"prompt\" must be at most 16 KiB");
}

void check_reader(const Reader& reader) {
  if (reader.kind != "user" && reader.kind != "group" && reader.kind != "everyone") fail("\"readers\": kind must be user, group or everyone");
}

RetrievalParts retrieval_parts(const IngestionParts& parts) { return {parts.store, parts.embedder, parts.indexes}; }

}  // namespace

Service::Service(ServiceParts parts) : parts_(std::move(parts)), ingestion_(parts_.work), model_change_(parts_.work), retrieval_(retrieval_parts(parts_.work)),
      pictures_(parts_.work) {}

Task<std::vector<Collection>> Service::collections(std::string user) {
  const auto work = [user](db::Connection& connection) { return CollectionRepository(connection).list(user); };
  co_return co_await store().read(work);
}

Task<Collection> Service::collection(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) { return CollectionRepository(connection).require(user, id); };
  co_return co_await store().read(work);
}

// A model that is not there, or that makes no vectors, is refused at once: not when the first document comes.
Task<> Service::require_embedder(std::string model) {
  std::vector<std::string> texts{"?"};
  co_await parts_.work.embedder.embed(std::move(model), TextRole::question, std::move(texts));
}

Task<Collection> Service::create(std::string user, NewCollection wanted) {
  Collection made;
  check_sizes(wanted.chunk_characters, wanted.chunk_overlap, made.chunk_characters);
  check_prompt(wanted.prompt);
  made.id = new_id(parts_.work.entropy);
  made.owner_id = user;
  made.name = clean_name(wanted.name);
  if (!wanted.embedding_model.empty()) co_await require_embedder(wanted.embedding_model);
  made.embedding_model = wanted.embedding_model.empty() ? parts_.embedding_model : wanted.embedding_model;
  made.chunk_characters = wanted.chunk_characters.value_or(made.chunk_characters);
  made.chunk_overlap = wanted.chunk_overlap.value_or(std::min(made.chunk_overlap, made.chunk_characters / 2));
  made.prompt = wanted.prompt;
  made.created_at = to_millis(parts_.work.clock.system());
  const auto work = [user, made](db::Connection& connection) {
    CollectionRepository repository(connection);
    if (repository.count(user) >= kCollectionsMax) throw Error(ErrorCode::too_large, "you have 1000 collections: delete some first");
    repository.add(made);
    return repository.require(user, made.id);
  };
  co_return co_await store().write(work);
}

Task<Collection> Service::own(std::string user, std::string name) {
  const auto work = [user, name](db::Connection& connection) { return CollectionRepository(connection).find_own_named(user, name); };
  auto found = co_await store().read(work);
  if (found) co_return std::move(*found);
  NewCollection wanted;
  wanted.name = std::move(name);
  co_return co_await create(std::move(user), std::move(wanted));
}

Task<Collection> Service::change(std::string user, std::string id, CollectionChange change) {
  if (change.name) change.name = clean_name(*change.name);
  if (change.prompt) check_prompt(*change.prompt);
  if (const auto model = change.next_embedding_model.value_or(""); !model.empty()) {
    const auto find = [user, id](db::Connection& connection) { return CollectionRepository(connection).require_own(user, id); };
    const auto collection = co_await store().read(find);   // before a model is loaded for what is somebody else's
    if (model != collection.embedding_model) co_await require_embedder(model);
  }
  const auto now = to_millis(parts_.work.clock.system());
  const auto work = [user, id, change, now](db::Connection& connection) {
    CollectionRepository repository(connection);
    const auto collection = repository.require_own(user, id);
    check_sizes(change.chunk_characters, change.chunk_overlap, collection.chunk_characters);
    auto wanted = change;
    if (wanted.next_embedding_model == collection.embedding_model) wanted.next_embedding_model = "";
    repository.change(collection, wanted, now);
    return repository.require(user, id);
  };
  auto changed = co_await store().write(work);
  model_change_.wake();
  co_return changed;
}

Task<> Service::remove(std::string user, std::string id) {
  struct Gone {
    std::int64_t number = 0;
    std::vector<std::string> files;
  };
  const auto work = [user, id](db::Connection& connection) {
    CollectionRepository repository(connection);
    const auto collection = repository.require_own(user, id);
    Gone gone{collection.number, DocumentRepository(connection).ids_of_collection(collection.number)};
    repository.remove(collection.number);
    return gone;
  };
  const auto gone = co_await store().write(work);
  parts_.work.indexes.drop(gone.number);
  for (const auto& file : gone.files) parts_.work.files.remove(file);
}

Task<std::vector<Reader>> Service::readers(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) {
    CollectionRepository repository(connection);
    return repository.readers(repository.require_own(user, id).number);
  };
  co_return co_await store().read(work);
}

Task<std::vector<Reader>> Service::set_readers(std::string user, std::string id, std::vector<Reader> readers) {
  if (readers.size() > kReadersMax) fail("\"readers\" must have at most 1000 entries");
  for (const auto& reader : readers) check_reader(reader);
  const auto work = [user, id, readers](db::Connection& connection) {
    CollectionRepository repository(connection);
    const auto number = repository.require_own(user, id).number;
    repository.set_readers(number, readers);
    return repository.readers(number);
  };
  co_return co_await store().write(work);
}

Task<DocumentPage> Service::documents(std::string user, std::string collection, DocumentQuery query) {
  if (query.limit < 1 || query.limit > kListMax) fail("\"limit\" must be between 1 and 200");
  const auto work = [user, collection, query](db::Connection& connection) {
    const auto number = CollectionRepository(connection).require(user, collection).number;
    DocumentRepository repository(connection);
    DocumentPage page;
    page.documents = repository.list(number, query);
    page.counts = repository.count_by_state(number);
    page.bytes = repository.bytes_of_collection(number);
    if (std::int64_t(page.documents.size()) == query.limit) page.next_before = page.documents.back().number;
    return page;
  };
  auto page = co_await store().read(work);
  for (auto& document : page.documents) fill_progress(document);
  co_return page;
}

Task<Document> Service::document(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) { return DocumentRepository(connection).require(user, id); };
  auto found = co_await store().read(work);
  fill_progress(found);
  co_return found;
}

void Service::fill_progress(Document& document) const {
  const auto progress = ingestion_.progress(document.number);
  if (!progress) return;
  document.pages = progress->pages;
  document.pages_done = progress->pages_done;
  document.pages_per_second = progress->pages_per_second;
}

Task<std::unique_ptr<Upload>> Service::receive(std::string user, std::string collection, std::string name, std::string source) {
  const auto work = [user, collection](db::Connection& connection) { return CollectionRepository(connection).require_own(user, collection); };
  auto found = co_await store().read(work);
  co_return std::make_unique<Upload>(*this, std::move(found), std::move(name), std::move(source));
}

Task<Received> Service::fetch(std::string user, std::string collection, std::string url, std::shared_ptr<bool> cancelled) {
  const auto work = [user, collection](db::Connection& connection) { return CollectionRepository(connection).require_own(user, collection); };
  auto found = co_await store().read(work);
  auto file = co_await parts_.fetcher.fetch(std::move(url), std::move(cancelled));
  Upload upload(*this, std::move(found), address_name(file.address), file.address);
  co_await upload.write(std::move(file.bytes));
  co_return co_await upload.finish();
}

Task<Received> Service::copy(std::string user, std::string id, std::string collection) {
  const auto original = co_await document(user, std::move(id));
  auto upload = co_await receive(user, std::move(collection), original.name, copy_source(original.id));
  std::ifstream file(parts_.work.files.path_of(original.id), std::ios::binary);
  const auto read = [&file] {
    std::string piece(kPieceBytes, '\0');
    file.read(piece.data(), std::streamsize(piece.size()));
    piece.resize(std::size_t(file.gcount()));
    return piece;
  };
  while (true) {
    auto piece = co_await parts_.work.pool.run(read);
    if (piece.empty()) break;
    co_await upload->write(std::move(piece));
  }
  co_return co_await upload->finish();
}

Task<std::optional<Document>> Service::find_copy(std::string user, std::string collection, std::string id) {
  const auto work = [user, collection, id](db::Connection& connection) {
    const auto number = CollectionRepository(connection).require(user, collection).number;
    return DocumentRepository(connection).find_copy(user, number, id);
  };
  co_return co_await store().read(work);
}

Task<std::vector<std::string>> Service::copies_of(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) { return DocumentRepository(connection).copies_of(user, id); };
  co_return co_await store().read(work);
}

Task<Document> Service::wait_for(std::string user, std::string id, std::chrono::nanoseconds limit) {
  const auto found = co_await document(user, std::move(id));
  co_return co_await ingestion_.wait_for(found.number, limit);
}

Task<> Service::remove_document(std::string user, std::string id) {
  struct Gone {
    Document document;
    std::vector<std::int64_t> chunks;
  };
  const auto work = [user, id](db::Connection& connection) {
    DocumentRepository repository(connection);
    Gone gone{repository.require_own(user, id), {}};
    gone.chunks = ChunkRepository(connection).chunks_of_document(gone.document.number);
    repository.remove(gone.document.number);
    return gone;
  };
  auto gone = co_await store().write(work);
  if (ingestion_.progress(gone.document.number)) ingestion_.forget(gone.document.number);
  parts_.work.indexes.change(gone.document.collection_number, {}, std::move(gone.chunks));
  parts_.work.files.remove(gone.document.id);
}

Task<Document> Service::retry(std::string user, std::string id, std::string password) {
  const auto now = to_millis(parts_.work.clock.system());
  const auto work = [user, id, now](db::Connection& connection) {
    DocumentRepository repository(connection);
    const auto document = repository.require_own(user, id);
    if (document.state != state::kFailed) throw Error(ErrorCode::conflict, "only a failed document can be tried again; this one is " + document.state);
    repository.wait_again(document.number, now);
    return repository.require(user, id);
  };
  auto document = co_await store().write(work);
  if (!password.empty()) ingestion_.set_password(document.number, std::move(password));
  ingestion_.wake();
  co_return document;
}

Task<fs::path> Service::file(std::string user, std::string id) {
  const auto found = co_await document(std::move(user), std::move(id));
  co_return parts_.work.files.path_of(found.id);
}

Task<std::vector<Chunk>> Service::text(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) {
    return ChunkRepository(connection).of_document(DocumentRepository(connection).require(user, id).number);
  };
  co_return co_await store().read(work);
}

Task<std::vector<Page>> Service::pages(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) {
    DocumentRepository repository(connection);
    return repository.pages(repository.require(user, id).number);
  };
  co_return co_await store().read(work);
}

Task<PageView> Service::page(std::string user, std::string id, std::int64_t page, std::string quote) {
  const auto work = [user, id, page, quote](db::Connection& connection) {
    DocumentRepository repository(connection);
    auto found = repository.find_page(repository.require(user, id).number, page);
    if (!found) throw not_found("page");
    auto boxes = boxes_of(quote, found->words);
    return PageView{std::move(*found), std::move(boxes)};
  };
  co_return co_await store().read(work);
}

Task<std::string> Service::page_image(std::string user, std::string id, std::int64_t page, int width) {
  auto found = co_await document(std::move(user), std::move(id));
  co_return co_await pictures_.image(std::move(found), page, width);
}

Task<QuotePlace> Service::place(std::string user, std::string id, std::string quote, PageRange pages) {
  if (quote.empty() || quote.size() > kQuoteMaxBytes) fail("\"quote\" must have 1 to 4000 bytes");
  auto found = co_await document(std::move(user), std::move(id));
  co_return co_await pictures_.find(std::move(found), std::move(quote), pages);
}

std::unique_ptr<PassingFile> Service::pass(std::string name) {
  const auto& work = parts_.work;
  return std::make_unique<PassingFile>(PassingParts{work.pool, work.extractor, work.files, passing_}, new_id(work.entropy), std::move(name));
}

Upload::Upload(Service& service, Collection collection, std::string name, std::string source)
    : service_(service), collection_(std::move(collection)) {
  document_.id = new_id(service_.parts_.work.entropy);
  document_.name = display_name(name);
  document_.source = std::move(source);
  document_.collection_number = collection_.number;
  file_ = service_.parts_.work.files.receive(document_.id);
}

Task<> Upload::write(std::string bytes) {
  if (file_->size() + bytes.size() > kFileMaxBytes) throw Error(ErrorCode::too_large, "a document may have at most " + human_bytes(kFileMaxBytes));
  const auto work = [this, &bytes] {
    sha256_.update(bytes);
    file_->write(bytes);
  };
  co_await service_.parts_.work.pool.run(work);
}

Task<Received> Upload::finish() {
  document_.bytes = std::int64_t(file_->size());
  document_.sha256 = sha256_.hex();
  document_.created_at = to_millis(service_.parts_.work.clock.system());
  const auto keep = [this] { file_->keep(); };
  co_await service_.parts_.work.pool.run(keep);
  const auto work = [document = document_](db::Connection& connection) {
    DocumentRepository repository(connection);
    if (auto same = repository.find_same(document.collection_number, document.sha256, document.name)) return Received{std::move(*same), false};
    const auto number = repository.add(document.collection_number, document);
    return Received{*repository.find_by_number(number), true};
  };
  auto received = co_await service_.store().write(work);
  if (!received.is_new) service_.parts_.work.files.remove(document_.id);
  if (received.is_new) service_.ingestion_.wake();
  co_return received;
}

}  // namespace fragua::documents
