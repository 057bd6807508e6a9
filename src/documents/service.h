// Documents: people's collections of documents: handing in, states, reading rights, pages, retrieval and answers.
// Callers: api/native, api/openai. Threads: the loop's only; the database, files and children work elsewhere.
// What is not there and what is somebody else's get the same answer. A file that was answered for is on the disk.
#pragma once
#include "base/sha256.h"
#include "documents/collection_repository.h"
#include "documents/document_repository.h"
#include "documents/fetcher.h"
#include "documents/ingestion.h"
#include "documents/model_change.h"
#include "documents/passing_file.h"
#include "documents/pictures.h"
#include "documents/retrieval.h"

namespace fragua::documents {

constexpr std::uint64_t kFileMaxBytes = 512ull << 20;
inline constexpr char kInbox[] = "Inbox";  // the collection of uploads that name none

struct ServiceParts {
  IngestionParts work;
  Fetcher& fetcher;
  std::string embedding_model;            // of new collections
};

struct NewCollection {
  std::string name;
  std::string embedding_model;            // "": the house's
  std::optional<std::int64_t> chunk_characters;
  std::optional<std::int64_t> chunk_overlap;
  std::string prompt;
};

struct DocumentPage {
  std::vector<Document> documents;
  std::int64_t next_before = 0;           // 0: no more
  std::int64_t bytes = 0;                 // of all in the collection
  std::vector<StateCount> counts;
};

// What a file became: a new document, or the one that has the same content already.
struct Received {
  Document document;
  bool is_new = true;
};

// What is shown of a page: its facts, and where a quote stands on it.
struct PageView {
  Page page;
  std::vector<Box> boxes;
};

class Service;

// A file on its way in. Goes without a trace unless finish() returns.
class Upload {
 public:
  Upload(Service& service, Collection collection, std::string name, std::string source);
  // Error(too_large), Error(storage_full).
  Task<> write(std::string bytes);
  Task<Received> finish();

 private:
  Service& service_;
  Collection collection_;
  Document document_;
  std::unique_ptr<IncomingFile> file_;
  Sha256 sha256_;
};

class Service {
 public:
  explicit Service(ServiceParts parts);

  // Before the first request. Blocks.
  void recover() { ingestion_.recover(); }
  // Never return; app/ starts them.
  static Task<> work(Service& self) { return Ingestion::work(self.ingestion_); }
  static Task<> change_models(Service& self) { return ModelChange::work(self.model_change_); }

  Task<std::vector<Collection>> collections(std::string user);
  Task<Collection> collection(std::string user, std::string id);
  Task<Collection> create(std::string user, NewCollection wanted);
  // Their own of that name; made when it is first asked for.
  Task<Collection> own(std::string user, std::string name);
  Task<Collection> change(std::string user, std::string id, CollectionChange change);
  Task<> remove(std::string user, std::string id);
  Task<std::vector<Reader>> readers(std::string user, std::string id);
  Task<std::vector<Reader>> set_readers(std::string user, std::string id, std::vector<Reader> readers);

  Task<DocumentPage> documents(std::string user, std::string collection, DocumentQuery query);
  Task<Document> document(std::string user, std::string id);
  // `source`: the address that it was fetched from.
  Task<std::unique_ptr<Upload>> receive(std::string user, std::string collection, std::string name, std::string source = "");
  // A file that is read for its text and not kept.
  std::unique_ptr<PassingFile> pass(std::string name);
  // What is at an address.
  Task<Received> fetch(std::string user, std::string collection, std::string url, std::shared_ptr<bool> cancelled);
  // The same file as a document of another collection.
  Task<Received> copy(std::string user, std::string id, std::string collection);
  // In that collection: the document itself, a copy of it, or one with the same content.
  Task<std::optional<Document>> find_copy(std::string user, std::string collection, std::string id);
  // In the user's own collections; ids.
  Task<std::vector<std::string>> copies_of(std::string user, std::string id);
  Task<Document> wait_for(std::string user, std::string id, std::chrono::nanoseconds limit);
  Task<> remove_document(std::string user, std::string id);
  Task<Document> retry(std::string user, std::string id, std::string password);

  Task<fs::path> file(std::string user, std::string id);
  Task<std::vector<Chunk>> text(std::string user, std::string id);
  Task<std::vector<Page>> pages(std::string user, std::string id);
  Task<PageView> page(std::string user, std::string id, std::int64_t page, std::string quote);
  // PNG or JPEG.
  Task<std::string> page_image(std::string user, std::string id, std::int64_t page, int width);
  // An office document is converted for it, which takes seconds the first time.
  Task<QuotePlace> place(std::string user, std::string id, std::string quote, PageRange pages);

  Retrieval& retrieval() { return retrieval_; }
  db::Store& store() { return parts_.work.store; }

 private:
  friend class Upload;
  void fill_progress(Document& document) const;
  Task<> require_embedder(std::string model);

  ServiceParts parts_;
  Ingestion ingestion_;
  ModelChange model_change_;
  Retrieval retrieval_;
  Pictures pictures_;
  int passing_ = 0;                       // files that are read for their text now
};

}  // namespace fragua::documents
