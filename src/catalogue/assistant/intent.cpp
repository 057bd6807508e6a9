#include "catalogue/assistant/intent.h"

#include <algorithm>
#include <charconv>

#include "catalogue/assistant/intent_words.h"
#include "catalogue/question/number_words.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kSmallTalkWords = 8;
constexpr std::size_t kFollowUpWords = 9;
constexpr std::size_t kBareWords = 4;           // "en Bilbao", "death metal"
constexpr std::size_t kMoreWords = 4;
constexpr std::size_t kPointingWords = 6;
constexpr std::size_t kAboutWords = 7;
constexpr std::size_t kUnknownWords = 2;        // "Iron Maiden"

// A question that is being read.
struct Reading {
  const Catalogue& catalogue;
  const Understanding& understanding;
  FoldedWords words;
  std::optional<WordRange> thing;
  std::optional<NamedFacet> facet;

  bool says(std::string_view pattern) const { return assistant::says(words, pattern); }
  bool has_filter() const { return !wants_everything(understanding.filter) || !understanding.not_understood.empty(); }
};

bool only(const FoldedWords& words, std::string_view allowed) {
  return !words.empty() && words.size() <= kSmallTalkWords && std::all_of(words.begin(), words.end(), [&](const std::string& word) { return says({word}, allowed); });
}

std::optional<Intent> small_talk(const Reading& reading) {
  const auto& words = reading.words;
  if (only(words, patterns::kGoodbye) && reading.says(patterns::kGoodbyeMark)) return Intent::goodbye;
  if (only(words, patterns::kThanks) && reading.says(patterns::kThanksMark)) return Intent::thanks;
  if (only(words, patterns::kGreeting) && reading.says(patterns::kGreetingMark)) return Intent::greeting;
  if (words.size() <= kAboutWords && reading.says(patterns::kAbout) && !reading.says(patterns::kPurchase) && !reading.has_filter() && !reading.thing) return Intent::about;
  return std::nullopt;
}

// "por ciudad", "en cada ciudad", "per city".
bool is_per_facet(const Reading& reading) {
  if (!reading.facet || reading.facet->where.begin == 0) return false;
  const auto at = reading.facet->where.begin;
  const FoldedWords before(reading.words.begin() + std::ptrdiff_t(at >= 2 ? at - 2 : at - 1), reading.words.begin() + std::ptrdiff_t(at));
  return says({before.back()}, "por | cada | per | by | each | segun") || says(before, "por cada | en cada | per cada | in each | for each | by each");
}

// "cuántas ciudades": the facet stands right behind.
bool counts_facet(const Reading& reading) {
  const auto many = find_pattern(reading.words, patterns::kHowMany);
  if (!many || !reading.facet) return false;
  if (reading.facet->where.begin == many->end) return true;
  return reading.facet->where.begin == many->end + 1 && !(reading.thing && reading.thing->begin == many->end);
}

// "¿qué ciudades tenéis?", "lista de géneros"; not "conciertos en la ciudad de Madrid".
bool lists_facet(const Reading& reading) {
  if (!reading.facet) return false;
  const auto at = reading.facet->where.begin;
  const FoldedWords before(reading.words.begin() + std::ptrdiff_t(at - std::min<std::size_t>(at, 4)), reading.words.begin() + std::ptrdiff_t(at));
  if (says(before, patterns::kWhichBefore)) return true;
  return at == 0 && reading.words.size() <= kBareWords && !reading.has_filter();
}

// Which facet's values are compared: the one that is named, the one of which several values are, or the places that "where" asks for.
std::string compared_facet(const Reading& reading) {
  if (reading.facet) return reading.facet->field;
  for (const auto& [field, values] : reading.understanding.filter.facets)
    if (values.size() > 1) return field;
  if (!reading.says(patterns::kWhere)) return "";
  for (const auto& facet : reading.catalogue.facets)
    if (is_place(reading.catalogue, facet.field)) return facet.field;
  return "";
}

// "¿Qué ciudad tiene más conciertos?", "el género más popular", "¿dónde hay menos?"; not "más conciertos, por favor", nor what is the cheapest.
std::optional<Intention> comparison(const Reading& reading) {
  if (reading.says(patterns::kCheapest) || reading.says(patterns::kDearest)) return std::nullopt;
  const bool is_most = reading.says(patterns::kMost);
  if (!is_most && !reading.says(patterns::kFewest)) return std::nullopt;
  Intention intention;
  intention.intent = is_most ? Intent::most : Intent::fewest;
  intention.facet = compared_facet(reading);
  if (intention.facet.empty()) return std::nullopt;
  return intention;
}

// "¿Cuál es la ciudad más cara?"; not "la ciudad con el concierto más caro".
std::optional<Intention> price_comparison(const Reading& reading) {
  const bool is_cheapest = reading.says(patterns::kCheapest);
  if (!reading.facet || reading.thing || is_per_facet(reading) || (!is_cheapest && !reading.says(patterns::kDearest))) return std::nullopt;
  Intention intention;
  intention.intent = is_cheapest ? Intent::cheapest_of : Intent::dearest_of;
  intention.facet = reading.facet->field;
  return intention;
}

std::optional<Intention> figures(const Reading& reading) {
  const bool is_edge = reading.says(patterns::kCheapest) || reading.says(patterns::kDearest);   // "¿cuántas entradas quedan para el más barato?"
  const bool is_many = reading.says(patterns::kHowMany) && !reading.says(patterns::kPriceQuestion) && !is_edge;
  Intention intention;
  if (is_many && counts_facet(reading)) {
    intention.intent = Intent::values;
    intention.facet = reading.facet->field;
    intention.counts_values = true;
    return intention;
  }
  if (const auto compared = comparison(reading)) return compared;
  if (const auto compared = price_comparison(reading)) return compared;
  if (is_per_facet(reading) || (!is_many && lists_facet(reading) && !reading.says(patterns::kCheapest))) {
    intention.intent = Intent::values;
    intention.facet = reading.facet->field;
    return intention;
  }
  if (is_many) intention.intent = Intent::count;
  else if (reading.says(patterns::kCheapest)) intention.intent = Intent::cheapest;
  else if (reading.says(patterns::kDearest)) intention.intent = Intent::dearest;
  else if (reading.says(patterns::kAverage)) intention.intent = Intent::average;
  else if (reading.says(patterns::kPriceQuestion)) intention.intent = Intent::prices;
  else return std::nullopt;
  return intention;
}

// "el próximo jueves", "next month": days, not an item.
bool is_next_period(const Reading& reading) {
  if (reading.says(patterns::kNextPeriod)) return true;
  const auto& traces = reading.understanding.traces;
  return std::any_of(traces.begin(), traces.end(), [](const Trace& trace) {
    const auto words = folded_words(trace.words);
    return words.size() >= 2 && says(words, patterns::kNext) && (trace.part == "days" || trace.part == "period" || trace.part == "date");
  });
}

bool asks_next(const Reading& reading) {
  if (is_next_period(reading)) return false;
  const auto next = find_pattern(reading.words, patterns::kNext);
  if (!next) return false;
  const bool is_plural = reading.says("proximos | proximas | propers | properes | next ~ concerts | next ~ events | next ~ shows | upcoming");
  return !is_plural;
}

std::optional<Intent> dates(const Reading& reading) {
  if (asks_next(reading)) return Intent::next;
  if (reading.says(patterns::kFirst)) return Intent::first;
  if (reading.says(patterns::kLast)) return Intent::last;
  return std::nullopt;
}

std::optional<std::int64_t> number_in(const std::string& word) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error == std::errc() && end == word.data() + word.size()) return number;
  return number_word(word);
}

// "los 3 más caros", "the 3 cheapest".
std::int64_t limit_before_edge(const Reading& reading) {
  auto edge = find_pattern(reading.words, patterns::kCheapest);
  if (!edge) edge = find_pattern(reading.words, patterns::kDearest);
  const auto number = edge && edge->begin > 0 ? number_in(reading.words[edge->begin - 1]) : std::nullopt;
  return number && *number > 1 ? std::min(*number, kListMax) : 0;
}

// "dame 10 conciertos", "todos los conciertos".
std::int64_t limit_of(const Reading& reading) {
  if (!reading.thing) {
    if (const auto top = find_pattern(reading.words, "top"); top && top->end < reading.words.size()) {
      const auto number = number_in(reading.words[top->end]);
      if (number && *number > 0) return std::min(*number, kListMax);
    }
    return limit_before_edge(reading);
  }
  for (std::size_t back = 1; back <= 2 && back <= reading.thing->begin; ++back) {
    const auto& word = reading.words[reading.thing->begin - back];
    const auto number = number_in(word);
    if (number && *number > 1) return std::min(*number, kListMax);
    if (says({word}, patterns::kAll)) return kListMax;
  }
  return reading.says("lista completa | full list | llista completa") ? kListMax : 0;
}

// "¿el más barato?" says a price, and still nothing of what.
bool limits_more_than_price(const Reading& reading, Intent intent) {
  if (intent != Intent::cheapest && intent != Intent::dearest) return reading.has_filter();
  auto filter = reading.understanding.filter;
  filter.price_min.reset();
  filter.price_max.reset();
  return !wants_everything(filter) || !reading.understanding.not_understood.empty();
}

bool leans(const Reading& reading, Intent intent) {
  const auto& words = reading.words;
  if (words.size() > kFollowUpWords) return false;
  if (begins_with(words, patterns::kConnector)) return true;
  if (begins_with(words, "i") && reading.understanding.language == "ca") return true;
  // A filter and nothing else, or a figure of nothing named: "¿el más barato?".
  if (reading.thing || reading.facet) return false;
  if (intent == Intent::open || intent == Intent::events) return words.size() <= kBareWords;
  return !limits_more_than_price(reading, intent) && words.size() <= kPointingWords;
}

Intent main_intent(const Reading& reading) {
  if (const auto talk = small_talk(reading)) return *talk;
  if (reading.says(patterns::kPurchase)) return Intent::purchase;
  if (const auto date = dates(reading)) return *date;
  const bool is_about_items = reading.thing || !wants_everything(reading.understanding.filter) || reading.says(patterns::kAnyItem) || reading.says(patterns::kWhen);
  // "¿Toca Metallica?" looks for something; "¿quién ganó el mundial?" only has words that name nothing here.
  const bool looks_for_unknown = reading.has_filter() && (reading.says(patterns::kExistence) || reading.words.size() <= kUnknownWords);
  return is_about_items || looks_for_unknown ? Intent::events : Intent::open;
}

}  // namespace

bool wants_everything(const Filter& filter) {
  return filter.facets.empty() && filter.without.empty() && !filter.days && filter.period.empty() && !filter.price_min && !filter.price_max && filter.text.empty();
}

Intention intention_of(const Catalogue& catalogue, std::string_view question, const Understanding& understanding) {
  auto words = folded_words(question);
  const auto thing = find_thing(catalogue, words);
  const auto facet = find_facet(catalogue, words);
  const Reading reading{catalogue, understanding, std::move(words), thing, facet};
  Intention intention;
  intention.intent = main_intent(reading);
  if (!is_small_talk(intention.intent) && intention.intent != Intent::purchase)
    if (const auto figure = figures(reading)) intention = *figure;
  if (is_small_talk(intention.intent)) return intention;
  intention.limit = limit_of(reading);
  const bool is_plain = intention.intent == Intent::events || intention.intent == Intent::open || intention.intent == Intent::next;
  intention.wants_more = is_plain && reading.words.size() <= kMoreWords && begins_with(reading.words, patterns::kMore) && !reading.has_filter() &&
                         !reading.says(patterns::kPointsBack);
  if (intention.wants_more) intention.intent = Intent::events;
  intention.points_back = reading.words.size() <= kPointingWords && !reading.thing && !reading.has_filter() && reading.says(patterns::kPointsBack);
  intention.leans = intention.wants_more || leans(reading, intention.intent);
  return intention;
}

std::string_view name_of(Intent intent) {
  constexpr std::string_view names[] = {"count", "values", "cheapest", "dearest", "prices",   "average",  "most",     "fewest", "cheapest_of", "dearest_of",
                                        "next",  "first",  "last",     "events",  "details", "purchase", "greeting", "thanks", "goodbye", "about",       "open"};
  return names[std::size_t(intent)];
}

bool is_small_talk(Intent intent) {
  return intent == Intent::greeting || intent == Intent::thanks || intent == Intent::goodbye || intent == Intent::about;
}

bool is_of_values(Intent intent) { return intent == Intent::values || intent == Intent::most || intent == Intent::fewest || is_ranked_by_price(intent); }

bool is_ranked_by_price(Intent intent) { return intent == Intent::cheapest_of || intent == Intent::dearest_of; }

}  // namespace fragua::catalogue::assistant
