// ItemMaker: a row of the mapping's query as an item: days in the time zone, prices as numbers, facets under their own names, damaged text
// repaired. Callers: catalogue/importer. Threads: one. Error(invalid_argument) names the item's key, the field and its value.
#pragma once
#include "catalogue/imported_item.h"
#include "catalogue/mapping.h"
#include "catalogue/text_repair.h"
#include "db/database.h"

namespace fragua::catalogue {

constexpr std::size_t kKeyMaxBytes = 200;
constexpr std::size_t kFacetValueMaxBytes = 200;
constexpr std::size_t kFieldMaxBytes = 1 << 20;

class ItemMaker {
 public:
  // `columns`: of the query, in their order. Error(invalid_argument): a field of the mapping is none of them.
  ItemMaker(const Mapping& mapping, TextRepair& repair, const std::vector<std::string>& columns);
  // `row`: the place, then the columns. All rows are learnt before the first is made: the whole words of the data mend the damaged ones.
  void learn(const db::Row& row);
  ImportedItem make(const db::Row& row);

 private:
  struct Reading {
    const FieldMapping* mapping;
    std::size_t column;
    std::map<std::string, std::string> canonical;  // other names of its facet's values
  };
  json::value read(const Reading& reading, const db::Row& row, ImportedItem& item);
  std::vector<std::string> facet_values(const Reading& reading, const std::string& text, const std::string& key);

  const Mapping& mapping_;
  TextRepair& repair_;
  std::vector<Reading> readings_;
};

}  // namespace fragua::catalogue
