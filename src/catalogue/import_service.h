// ImportService: brings a catalogue in, anew or for the first time, and takes it away. Callers: api/native; its own job refreshes what
// comes from live databases. Threads: the loop's only. A failed or killed import changes nothing; one import of a name at a time.
// Never reads a source itself: a child does (reading.h).
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <set>

#include "base/clock.h"
#include "base/log.h"
#include "catalogue/catalogues.h"
#include "catalogue/live_listener.h"
#include "catalogue/mapping.h"
#include "catalogue/model_maker.h"
#include "catalogue/reading.h"
#include "catalogue/write_repository.h"
#include "documents/file_store.h"

namespace fragua::catalogue {

struct ImportRequest {
  std::string name;
  fs::path source;                        // "": the mapping's connection
  std::optional<std::string> mapping;     // else the one of the import before
  bool replace_models = false;
};

struct ImportProgress {
  std::string status;                     // for people
  std::int64_t completed = 0;
  std::int64_t total = 0;                 // 0: not known
};
using ProgressListener = std::function<void(const ImportProgress&)>;

struct ImportParts {
  asio::any_io_executor executor;
  db::Store& store;
  WorkerPool& pool;
  Catalogues& catalogues;
  ModelMaker& models;
  // For models whose mapping names none; "" if there is none. On the pool, with what was known when the work began.
  std::function<std::string(const Catalogues&)> base_model;
  const Clock& clock;
  std::function<std::uint64_t()> random;
  Log& log;
};

struct ImportOptions {
  ReadingOptions reading;
  fs::path folder;                                   // for what is being read
  std::map<std::string, Secret> connections;         // live databases, by the name that a mapping calls them
};

// Items on their way out, as JSON.
struct ItemsPiece {
  std::string text;                       // each behind its comma; "": that was all
  std::int64_t place = 0;                 // of the last
  std::int64_t sent = 0;                  // up to here
};

class ImportService {
 public:
  ImportService(ImportParts parts, ImportOptions options);

  // Before the first request: removes what killed imports left. Blocks.
  void recover();
  // Error(invalid_argument, not_found, conflict, …).
  Task<ImportReport> import(ImportRequest request, ProgressListener listener);
  // With the models that were made for it. Error(not_found, conflict).
  Task<> remove(std::string name);
  Task<std::string> mapping_of(std::string name);
  // The items behind `before`, in the order in which they were imported.
  Task<ItemsPiece> items_after(CataloguePointer catalogue, ItemsPiece before);
  // A first mapping for a source (suggestion.h).
  Task<std::string> suggest(fs::path source);
  // A place for a source that is handed in; it goes with what is returned.
  std::unique_ptr<documents::ScratchFolder> incoming();

  // Imports again what comes from a live database, when its time has come. Never returns.
  static Task<> refresh(ImportService& self);

 private:
  struct Job;                             // one import
  struct Live {                           // what comes from a live database
    std::string name;
    SourceMapping source;
    std::int64_t updated_at = 0;
  };
  struct Listening {
    std::string connection, channel;
    std::unique_ptr<LiveListener> listener;
  };
  std::shared_ptr<void> claim(const std::string& name);
  Secret connection_named(const std::string& name) const;
  Task<ImportReport> attempt(std::shared_ptr<Job> job);
  Task<ImportReport> take_items(std::shared_ptr<Job> job);
  Task<> write_items(std::shared_ptr<Job> job, std::vector<ImportedItem> items);
  Task<> publish(std::shared_ptr<Job> job, ImportReport& report);
  Task<> make_models(std::shared_ptr<Job> job, ImportReport& report);
  Task<std::optional<StoredCatalogue>> stored(std::string name);
  Task<> refresh_due();
  bool is_due(const Live& live) const;
  Task<std::vector<Live>> live();
  void listen_to(const std::vector<Live>& all);
  std::unique_ptr<LiveListener> listener_of(const Live& live);

  ImportParts parts_;
  ImportOptions options_;
  std::set<std::string> busy_;
  std::map<std::string, std::int64_t> tried_at_;     // refreshes that failed
  std::set<std::string> told_;                       // whose databases said that they changed
  asio::steady_timer bell_;
  std::map<std::string, Listening> listening_;       // last: its threads use the others
};

// Error(invalid_argument): [a-z0-9-], at most 60.
void require_catalogue_name(const std::string& name);

}  // namespace fragua::catalogue
