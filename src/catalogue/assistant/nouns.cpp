#include "catalogue/assistant/nouns.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace fragua::catalogue::assistant {

namespace {

using Forms = std::array<Noun, kTongues>;      // Spanish, English, Catalan, Portuguese

struct Entry {
  std::string_view fields;                    // what a mapping may call it, as a pattern
  Forms forms;
  bool is_place = false;
  bool is_local = false;                      // narrow enough to go there
};

const std::vector<Entry>& things() {
  static const std::vector<Entry> entries{
      {"concierto | concert | concerto", {{{"concierto", "conciertos"}, {"concert", "concerts"}, {"concert", "concerts"}, {"concerto", "concertos"}}}},
      {"evento | event | esdeveniment", {{{"evento", "eventos"}, {"event", "events"}, {"esdeveniment", "esdeveniments"}, {"evento", "eventos"}}}},
      {"producto | product | producte | produto", {{{"producto", "productos"}, {"product", "products"}, {"producte", "productes"}, {"produto", "produtos"}}}},
      {"curso | course | curs", {{{"curso", "cursos"}, {"course", "courses"}, {"curs", "cursos"}, {"curso", "cursos"}}}},
      {"piso | flat | pis | apartamento", {{{"piso", "pisos"}, {"flat", "flats"}, {"pis", "pisos"}, {"apartamento", "apartamentos"}}}},
      {"libro | book | llibre | livro", {{{"libro", "libros"}, {"book", "books"}, {"llibre", "llibres"}, {"livro", "livros"}}}},
  };
  return entries;
}

const std::vector<Entry>& facets() {
  static const std::vector<Entry> entries{
      {"city | ciudad | ciutat | cidade", {{{"ciudad", "ciudades", true}, {"city", "cities"}, {"ciutat", "ciutats", true}, {"cidade", "cidades", true}}}, true, true},
      {"venue | sala | recinto | lugar | place", {{{"sala", "salas", true}, {"venue", "venues"}, {"sala", "sales", true}, {"sala", "salas", true}}}, true, true},
      {"country | pais", {{{"país", "países"}, {"country", "countries"}, {"país", "països"}, {"país", "países"}}}, true},
      {"region | province | provincia | comunidad", {{{"provincia", "provincias", true}, {"region", "regions"}, {"província", "províncies", true}, {"província", "províncias", true}}}, true},
      {"genre | genero | style | estilo | estil | genere", {{{"género", "géneros"}, {"genre", "genres"}, {"gènere", "gèneres"}, {"género", "géneros"}}}},
      {"category | categoria | categoria", {{{"categoría", "categorías", true}, {"category", "categories"}, {"categoria", "categories", true}, {"categoria", "categorias", true}}}},
  };
  return entries;
}

// Words with which people ask for a facet, besides its names.
constexpr std::pair<std::string_view, std::string_view> kMoreNames[] = {
    {"genre", "genero* | genre* | gener* | estilo* | estil* | style* | tipo de musica | tipos de musica | kinds of music"},
    {"city", "ciudad* | city | cities | ciutat* | cidade* | localidad* | poblacion* | poblacio*"},
    {"venue", "sala | salas | sales | recinto* | venue* | lugares | llocs | locais | escenario*"},
    {"country", "pais | paises | paisos | country | countries"},
    {"category", "categoria* | category | categories | categorie*"},
};

constexpr std::string_view kAnyThing = "concierto* | concert | concerts | concerto* | evento* | event | events | esdeveniment* | show | shows | gig | gigs | bolo* | espectaculo*";

// The whole name, not a part of it: "sobre la sala" is no hall.
bool names_one(std::string_view pattern, std::string_view name) {
  const auto words = folded_words(name);
  const auto found = find_pattern(words, pattern);
  return found && found->begin == 0 && found->end == words.size();
}

// "sala" -> "salas", "curso" -> "cursos", "color" -> "colores", "category" -> "categories".
std::string plural_of(const std::string& one, Tongue tongue) {
  if (one.empty()) return one;
  if (tongue == Tongue::english && one.ends_with('y')) return one.substr(0, one.size() - 1) + "ies";
  const bool ends_in_vowel = std::string_view("aeiou").find(one.back()) != std::string_view::npos;
  return one + (ends_in_vowel || tongue == Tongue::english ? "s" : "es");
}

bool looks_feminine(std::string_view noun) {
  return noun.ends_with("a") || noun.ends_with("ión") || noun.ends_with("dad") || noun.ends_with("tat") || noun.ends_with("ção");
}

const Entry* entry_of(const std::vector<Entry>& entries, std::string_view name) {
  for (const auto& entry : entries)
    if (names_one(entry.fields, name)) return &entry;
  return nullptr;
}

const Entry* facet_entry(std::string_view field, std::string_view label) {
  if (const auto* entry = entry_of(facets(), field)) return entry;
  return entry_of(facets(), label);
}

std::string label_of(const Catalogue& catalogue, std::string_view name) {
  for (const auto& field : catalogue.fields)
    if (field.name == name && !field.label.empty()) return field.label;
  return std::string(name);
}

std::string pattern_of(const Facet& facet) {
  std::string pattern = join(folded_words(facet.field), " ") + " | " + join(folded_words(facet.label), " ");
  for (const auto& label : {facet.label, facet.field})
    if (!label.empty()) pattern += " | " + join(folded_words(plural_of(label, Tongue::spanish)), " ");
  if (const auto* entry = facet_entry(facet.field, facet.label)) {
    for (const auto& form : entry->forms) pattern += " | " + join(folded_words(form.one), " ") + " | " + join(folded_words(form.many), " ");
    for (const auto& [name, more] : kMoreNames)
      if (names_one(entry->fields, name)) pattern += " | " + std::string(more);
  }
  return pattern;
}

}  // namespace

Noun thing_of(const Catalogue& catalogue, Tongue tongue) {
  if (const auto* entry = entry_of(things(), catalogue.words.one)) return entry->forms[std::size_t(tongue)];
  return {catalogue.words.one, catalogue.words.many, looks_feminine(catalogue.words.one)};
}

Noun facet_noun(const Catalogue& catalogue, std::string_view field, Tongue tongue) {
  const auto label = label_of(catalogue, field);
  if (const auto* entry = facet_entry(field, label)) return entry->forms[std::size_t(tongue)];
  return {label, plural_of(label, tongue), looks_feminine(label)};
}

bool is_place(const Field& field) {
  const auto* entry = facet_entry(field.name, field.label);
  return entry && entry->is_place;
}

bool is_local_place(const Field& field) {
  const auto* entry = facet_entry(field.name, field.label);
  return entry && entry->is_local && field.kind != FieldKind::text;   // "about the hall" is no hall
}

bool is_place(const Catalogue& catalogue, std::string_view field) {
  const auto* entry = facet_entry(field, label_of(catalogue, field));
  return entry && entry->is_place;
}

std::optional<WordRange> find_thing(const Catalogue& catalogue, const FoldedWords& words) {
  const auto own = join(folded_words(catalogue.words.one), " ") + " | " + join(folded_words(catalogue.words.many), " ");
  if (const auto found = find_pattern(words, own)) return found;
  const auto* entry = entry_of(things(), catalogue.words.one);
  if (!entry) return std::nullopt;
  for (const auto& form : entry->forms)
    if (const auto found = find_pattern(words, form.one + " | " + form.many)) return found;
  if (!names_one("concierto | concert | concerto | evento | event | esdeveniment", catalogue.words.one)) return std::nullopt;
  return find_pattern(words, kAnyThing);
}

std::optional<NamedFacet> find_facet(const Catalogue& catalogue, const FoldedWords& words) {
  for (const auto& facet : catalogue.facets)
    if (const auto found = find_pattern(words, pattern_of(facet))) return NamedFacet{facet.field, *found};
  return std::nullopt;
}

}  // namespace fragua::catalogue::assistant
