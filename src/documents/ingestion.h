// Ingestion: the queue of documents that were handed in: reads them one after the other, a few at once, cuts them into chunks, embeds
// them and puts them into the index. Callers: service; app/ starts the workers. Threads: the loop's only; the database, files and children
// work elsewhere. A document is searchable as a whole or not at all; what a killed server left half done begins again.
// Never keeps a whole document in memory.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <set>

#include "base/log.h"
#include "base/secret.h"
#include "db/store.h"
#include "documents/embedder.h"
#include "documents/extraction.h"
#include "documents/file_store.h"
#include "documents/vector_indexes.h"

namespace fragua::documents {

struct IngestionParts {
  asio::any_io_executor executor;
  db::Store& store;
  WorkerPool& pool;
  Extractor& extractor;
  Embedder& embedder;
  FileStore& files;
  VectorIndexes& indexes;
  const Clock& clock;
  Log& log;
  Entropy entropy;
};

// How far a document is that is being read.
struct Progress {
  std::int64_t pages = 0;
  std::int64_t pages_done = 0;
  double pages_per_second = 0;
};

class Ingestion {
 public:
  explicit Ingestion(IngestionParts parts) : parts_(parts), bell_(parts.executor, asio::steady_timer::time_point::max()) {}

  // Before the first request: what a crash left goes back into the queue. Blocks.
  void recover();
  // Works on the queue until the loop ends; any number of them may run.
  static Task<> work(Ingestion& self);

  // There is something to do. `password`: for this document, kept in memory until it is read.
  void wake() {
    ++wakes_;
    bell_.cancel();
  }
  void set_password(std::int64_t document, std::string password) { passwords_.insert_or_assign(document, Secret(std::move(password))); }
  // Its reading ends as soon as it can.
  void forget(std::int64_t document) { forgotten_.insert(document); }
  std::optional<Progress> progress(std::int64_t document) const;
  // Until it is indexed or failed. Error(deadline_exceeded), Error(not_found): it was deleted meanwhile.
  Task<Document> wait_for(std::int64_t document, std::chrono::nanoseconds limit);

 private:
  struct Running {
    Progress progress;
    SteadyTime started{};
  };

  Task<std::optional<Document>> take();
  Task<> ingest(Document document);
  Task<std::optional<ExtractionFailure>> attempt_once(Document document);
  void note(std::int64_t document, std::int64_t pages, std::int64_t done);
  Task<> fail(Document document, ExtractionFailure failure);
  void end(std::int64_t document);

  IngestionParts parts_;
  asio::steady_timer bell_;
  std::uint64_t wakes_ = 0;
  std::map<std::int64_t, Running> running_;
  std::map<std::int64_t, Secret> passwords_;
  std::set<std::int64_t> forgotten_;
  std::set<asio::steady_timer*> waiting_;
};

}  // namespace fragua::documents
