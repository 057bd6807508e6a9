// ImportedItem: one item on its way from the reading child into the database. Callers: catalogue/item_maker, reader_host, import_service.
// Threads: plain data.
#pragma once
#include "base/body.h"

namespace fragua::catalogue {

struct ImportedItem {
  std::string key;
  std::string title;
  std::optional<std::string> day;         // YYYY-MM-DD
  std::optional<std::string> starts_at;   // YYYY-MM-DD HH:MM:SS
  std::optional<double> price;
  json::object content;                   // by the fields' names
  std::map<std::string, std::vector<std::string>> facets;
  std::string terms;                      // of title and texts, for the text index
};

template <class V>
void describe(V& field, ImportedItem& item) {
  field.required("key", item.key);
  field.required("title", item.title);
  field.optional("day", item.day);
  field.optional("starts_at", item.starts_at);
  field.optional("price", item.price);
  field.required("content", item.content);
  field.optional("facets", item.facets);
  field.optional("terms", item.terms);
}

}  // namespace fragua::catalogue
