// Concerts: a small made-up shop's catalogue: genres, cities, days and prices, and what people call them. Callers: tests of catalogue/.
// Threads: plain data.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"

namespace fragua::catalogue::tests {

struct Concert {
  std::string key, title, text, genre, city, day;
  double price;
};

inline const std::vector<Concert>& concerts() {
  static const std::vector<Concert> all = {
      {"e1", "Valencia Thrash Attack", "Una noche de thrash sin descanso", "thrash metal", "Valencia", "2025-11-14", 25},
      {"e2", "Madrid Death Ritual", "Death metal del norte", "death metal", "Madrid", "2025-11-20", 18.5},
      {"e3", "London Punk Riot", "Punk rock and friends", "punk rock", "London", "2025-12-05", 40},
      {"e4", "Valencia Punk Underground", "Punk rock a gritos", "punk rock", "Valencia", "2025-12-20", 12},
      {"e5", "Málaga Doom Orchestra", "Doom metal con orquesta", "doom metal", "Málaga", "2026-01-09", 35},
      {"e6", "San Sebastián Indie Waves", "Indie rock junto al mar", "indie rock", "San Sebastián", "2026-03-15", 22},
      {"e7", "Valencia Symphonic Night", "Metal con coros y orquesta", "symphonic metal", "Valencia", "2026-03-28", 60},
      {"e8", "A Coruña Hard Rock Heroes", "Hard rock de siempre", "hard rock", "A Coruña", "2026-02-14", 30},
      {"e9", "Palma Classic Legends", "Rock clásico en la isla", "classic rock", "Palma de Mallorca", "2026-02-28", 28},
      {"e10", "Madrid Black Winter", "Black metal bajo cero", "black metal", "Madrid", "2025-11-29", 33},
  };
  return all;
}

inline bool is_metal(const std::string& genre) { return genre.ends_with("metal"); }

inline void count_value(Facet& facet, const std::string& value) {
  for (auto& known : facet.values)
    if (known.value == value) {
      ++known.count;
      return;
    }
  facet.values.push_back({value, 1, {}});
}

inline void give_names(Facet& facet, const std::map<std::string, std::vector<std::string>>& names) {
  for (auto& value : facet.values)
    if (const auto found = names.find(value.value); found != names.end()) value.names = found->second;
}

inline Catalogue concert_catalogue() {
  Catalogue catalogue;
  catalogue.number = 1;
  catalogue.version = 1;
  catalogue.name = "tickets";
  catalogue.title = "Conciertos";
  catalogue.time_zone = "Europe/Madrid";
  catalogue.currency = "EUR";
  catalogue.words = {"concierto", "conciertos"};
  catalogue.fields = {{"id", FieldKind::key, "clave"},     {"name", FieldKind::title, "nombre"},   {"description", FieldKind::text, "descripción"},
                      {"genre", FieldKind::facet, "género"}, {"city", FieldKind::facet, "ciudad"},   {"category", FieldKind::facet, "estilo"},
                      {"date", FieldKind::date, "fecha"},    {"price", FieldKind::price, "precio"}};
  catalogue.facets = {{"genre", "género", {}}, {"city", "ciudad", {}}, {"category", "estilo", {}}};
  for (const auto& concert : concerts()) {
    count_value(catalogue.facets[0], concert.genre);
    count_value(catalogue.facets[1], concert.city);
    count_value(catalogue.facets[2], is_metal(concert.genre) ? "Metal" : "Rock");
  }
  give_names(catalogue.facets[0], {{"punk rock", {"punk"}}, {"symphonic metal", {"metal sinfónico"}}, {"classic rock", {"rock clásico"}},
                                   {"hard rock", {"rock duro"}}});
  give_names(catalogue.facets[1], {{"London", {"Londres"}}, {"San Sebastián", {"Donostia"}}, {"Palma de Mallorca", {"Mallorca"}}});
  catalogue.items = std::int64_t(concerts().size());
  catalogue.first_day = "2025-11-14";
  catalogue.last_day = "2026-03-28";
  catalogue.price_min = 12;
  catalogue.price_max = 60;
  catalogue.search = {"search-nlp", 30};
  return catalogue;
}

}  // namespace fragua::catalogue::tests
