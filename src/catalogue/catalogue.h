// Catalogue: things of one kind that a shop, school or agency offers (concerts, courses, flats), imported from its database: what their
// fields are, which values the facets have, which days and prices there are. Callers: catalogue/, api/native. Threads: plain data.
// Values come from the data alone: what is not in here does not exist for search and chat.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fragua::catalogue {

enum class FieldKind {
  key,      // what an item is called in the source; text, unique
  title,    // what people call it
  text,     // searched for words
  facet,    // one of few values: genre, city
  date,     // when it happens: "YYYY-MM-DD HH:MM:SS", in the catalogue's time zone
  price,    // the lowest price, in `currency`
  number,   // shown, sorted by
  shown,    // shown only
};

struct Field {
  std::string name;                       // column of the entity query, key of an item's object
  FieldKind kind = FieldKind::shown;
  std::string label;                      // for people
};

// One value of a facet, as it is shown and stored with the items.
struct FacetValue {
  std::string value;
  std::int64_t count = 0;                 // of items
  std::vector<std::string> names;         // what else people call it: synonyms, other languages
  std::optional<double> price_mean{};     // of what was found
};

struct Facet {
  std::string field;
  std::string label;
  std::vector<FacetValue> values;         // the most frequent first
};

struct Words {                            // of an item, for people: "concierto", "conciertos"
  std::string one;
  std::string many;
};

struct SearchSettings {
  std::string model;                      // that answers a question with a filter; "": none
  double cheap_price = 0;                 // what "barato" means; 0: nothing
};

struct AssistantSettings {
  std::string model;                      // that chats about the catalogue; "": none
  std::string collection;                 // documents for what the data do not say: how to buy, refunds; "": none
};

struct Catalogue {
  std::int64_t number = 0;                // never leaves the room
  std::int64_t version = 0;               // of its data: one more with each import
  std::string name;                       // [a-z0-9-]
  std::string title;
  std::string time_zone;                  // IANA
  std::string currency;                   // ISO 4217
  Words words;
  std::vector<Field> fields;              // in the order in which they are shown
  std::vector<Facet> facets;
  std::int64_t items = 0;
  std::string first_day, last_day;        // YYYY-MM-DD; "" without a date field
  std::optional<double> price_min, price_max;
  SearchSettings search;
  AssistantSettings assistant;
  std::int64_t imported_at = 0;           // ms since 1970

  const Facet* facet(std::string_view field) const;
  const Field* field_of(FieldKind kind) const;   // the first of that kind
};

struct Item {
  std::string key;
  json::object fields;                    // by the fields' names; numbers are numbers, absent ones null
};

}  // namespace fragua::catalogue
