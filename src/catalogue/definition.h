// Definition: a Catalogue as JSON, as it is stored and as the API shows it, with the models that were made for it.
// Callers: catalogue/catalogues, catalogue/import_service, api/native. Threads: pure.
// `number` never leaves: it is the database's.
#pragma once
#include "base/body.h"
#include "catalogue/catalogue.h"

namespace fragua::catalogue {

std::string_view name_of(FieldKind kind);                       // "facet"
std::optional<FieldKind> kind_named(std::string_view name);

struct Definition {
  Catalogue catalogue;
  std::map<std::string, std::string> models;                    // made for it: name to digest, as they were made
};

template <class V>
void describe(V& field, Field& value) {
  std::string kind(name_of(value.kind));
  field.required("name", value.name, "key of an item's object");
  field.required("kind", kind, "key, title, text, facet, date, price, number or shown");
  field.optional("label", value.label, "for people");
  value.kind = kind_named(kind).value_or(FieldKind::shown);
}
template <class V>
void describe(V& field, FacetValue& value) {
  field.required("value", value.value);
  field.required("count", value.count, "of items");
  field.optional("names", value.names, "what else people call it");
}
template <class V>
void describe(V& field, Facet& facet) {
  field.required("field", facet.field);
  field.optional("label", facet.label);
  field.required("values", facet.values, "the most frequent first");
}
template <class V>
void describe(V& field, Words& words) {
  field.required("one", words.one);
  field.required("many", words.many);
}
template <class V>
void describe(V& field, SearchSettings& search) {
  field.optional("model", search.model, "answers a question with a filter");
  field.optional("cheap_price", search.cheap_price, "what \"cheap\" means; 0: nothing");
}
template <class V>
void describe(V& field, AssistantSettings& assistant) {
  field.optional("model", assistant.model, "chats about the catalogue");
  field.optional("collection", assistant.collection, "documents for what the data do not say");
}
template <class V>
void describe(V& field, Catalogue& catalogue) {
  field.required("name", catalogue.name);
  field.required("title", catalogue.title);
  field.required("version", catalogue.version, "one more with each import");
  field.required("time_zone", catalogue.time_zone);
  field.optional("currency", catalogue.currency);
  field.required("words", catalogue.words, "for one item and for many");
  field.required("fields", catalogue.fields, "in the order in which they are shown");
  field.required("facets", catalogue.facets);
  field.required("items", catalogue.items);
  field.optional("first_day", catalogue.first_day);
  field.optional("last_day", catalogue.last_day);
  field.optional("price_min", catalogue.price_min);
  field.optional("price_max", catalogue.price_max);
  field.optional("search", catalogue.search);
  field.optional("assistant", catalogue.assistant);
  field.required("imported_at", catalogue.imported_at, "milliseconds since 1970");
}
template <class V>
void describe(V& field, Definition& definition) {
  field.required("catalogue", definition.catalogue);
  field.optional("models", definition.models);
}

}  // namespace fragua::catalogue
