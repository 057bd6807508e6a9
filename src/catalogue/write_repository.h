// WriteRepository: catalogues and their items as an import writes them, version by version. Callers: catalogue/import_service, catalogues.
// Threads: one at a time; blocks. What is written of a version is not seen by anybody until publish() says so.
#pragma once
#include "catalogue/definition.h"
#include "catalogue/import_report.h"
#include "catalogue/imported_item.h"
#include "db/database.h"

namespace fragua::catalogue {

struct StoredCatalogue {
  std::int64_t number = 0;
  std::int64_t version = 0;               // 0: never imported to its end
  std::string definition;
  std::string mapping;
  std::int64_t updated_at = 0;
};

// Of the items of one version.
struct Figures {
  std::int64_t items = 0;
  std::string first_day, last_day;
  std::optional<double> price_min, price_max;
  std::map<std::string, std::vector<FacetValue>> facets;   // by field, the most frequent first
};

class WriteRepository {
 public:
  explicit WriteRepository(db::Connection& connection) : connection_(connection) {}

  std::vector<StoredCatalogue> all();
  std::optional<StoredCatalogue> find(const std::string& name);
  // The one of this name; a new one has version 0.
  StoredCatalogue find_or_add(const std::string& name, std::int64_t now);
  void add_item(std::int64_t number, std::int64_t version, const ImportedItem& item);
  Figures figures(std::int64_t number, std::int64_t version);
  // Of the items only; what facets gained and lost is the caller's to say.
  Changes changes(std::int64_t number, std::int64_t from, std::int64_t to);
  // From now on this version is what is read; others go.
  void publish(const Definition& definition, const std::string& mapping, std::int64_t now);
  void remove(const std::string& name);
  // What unfinished imports left: of one catalogue, or of all.
  void remove_rests(const std::string& name);
  void remove_all_rests();
  // Contents of items in the order in which they were imported, from behind a place on: place, content.
  db::Rows contents_after(std::int64_t number, std::int64_t version, std::int64_t place, std::int64_t limit);

 private:
  void add_changes(const char* sql, const db::Values& values, std::vector<ItemChange>& some, std::int64_t& count);

  db::Connection& connection_;
};

}  // namespace fragua::catalogue
