// Mapping: catalogue.toml, read: what is taken from a source and what it means. Callers: catalogue/importer, import_service, api/native.
// Threads: pure; plain data. Error(invalid_argument) "line 12, column 5: …" says what would be right; unknown keys are refused.
// Tables and columns that it does not name are never kept.
#pragma once
#include <chrono>
#include <map>

#include "catalogue/catalogue.h"

namespace fragua::catalogue {

constexpr std::size_t kMappingMaxBytes = 1 << 20;
constexpr std::size_t kFieldsMax = 100;
constexpr std::size_t kMappedTablesMax = 100;
constexpr std::size_t kRepairLinesMax = 1000;

struct FieldMapping {
  Field field;
  bool lower_case = false;                // values are shown and stored in small letters
  std::map<std::string, std::vector<std::string>> names;   // of a facet: a value, and what else people call it
};

struct ModelMapping {
  std::string model;                      // "": none is made
  std::string from;                       // its base; "": the house's
  std::string system;                     // in the place of our own words; what the data say comes after it
};

struct SourceMapping {
  std::map<std::string, std::vector<std::string>> tables;  // table to columns
  std::string query;                      // one item a row
  std::string connection;                 // name of a live database in the server's settings; "": a file is handed in
  std::chrono::seconds refresh{0};        // of that; 0: never by itself
  std::string notify;                     // the channel on which that tells of changes; "": it does not
};

struct Mapping {
  std::string title;
  std::string time_zone = "UTC";
  std::string currency;
  Words words;
  SourceMapping source;
  std::vector<FieldMapping> fields;
  std::map<std::string, std::string> repair;   // damaged text to what it was
  ModelMapping search;
  double cheap_price = 0;
  ModelMapping assistant;
  std::string collection;

  const FieldMapping* field_of(FieldKind kind) const;   // the first of that kind
};

Mapping parse_mapping(std::string_view toml);

}  // namespace fragua::catalogue
