#include "catalogue/datasets/search_set.h"

#include <array>
#include <iterator>
#include <set>

#include "base/strings.h"
#include "catalogue/question/search_answer.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kByFirst = 33, kBySecond = 28;
constexpr std::size_t kTriesOfOne = 20;   // to make a question that is not there yet

// How a language says what; "{}" stands for the words, {many} for what is searched. Empty parts are not said.
struct Manner {
  std::string_view code;
  std::array<std::string_view, 5> ask;        // {many}
  std::array<std::string_view, 2> first;      // of the first facet: a kind
  std::string_view second;                    // of the second: a place
  std::array<std::string_view, 2> this_month, next_month;
  std::array<std::string_view, 4> price;
  std::array<std::string_view, 3> cheap;
};

constexpr Manner kManners[] = {
    {"es", {"{many}", "busco {many}", "quiero ver {many}", "¿qué {many} hay?", "dame {many}"}, {"de {}", "{}"}, "en {}", {"este mes", "en este mes"},
     {"el mes que viene", "el próximo mes"}, {"por menos de {} euros", "hasta {} €", "máximo {} euros", "por debajo de {}€"}, {"baratos", "económicos", "a buen precio"}},
    {"en", {"concerts", "show me concerts", "I am looking for events", "any gigs?", "events"}, {"of {}", "{}"}, "in {}", {"this month", "during this month"},
     {"next month", "the next month"}, {"under {} euros", "up to {} €", "for less than {} euros", "at most {} euros"}, {"cheap", "affordable", "not too expensive"}},
    {"ca", {"{many}", "busco concerts", "vull veure concerts", "quins concerts hi ha", "concerts"}, {"de {}", "{}"}, "a {}", {"aquest mes", "durant aquest mes"},
     {"el mes vinent", "el mes que ve"}, {"per menys de {} euros", "fins a {} €", "com a molt {} euros", "per sota de {} euros"}, {"barats", "econòmics", "a bon preu"}},
    {"pt", {"concertos", "procuro concertos", "quero ver concertos", "que concertos há", "eventos"}, {"de {}", "{}"}, "em {}", {"este mês", "neste mês"},
     {"no próximo mês", "no mês que vem"}, {"por menos de {} euros", "até {} €", "no máximo {} euros", "abaixo de {} euros"}, {"baratos", "económicos", "em conta"}},
};
// Names that are no values of most catalogues; those that are some of this one are left out.
constexpr std::string_view kStrangers[] = {"jazz", "Tokio", "reguetón", "Metallica", "ópera", "Nueva York", "flamenco", "techno", "salsa", "Buenos Aires", "trap", "Iron Maiden",
                                           "Moscú", "blues", "Sídney", "k-pop"};
constexpr int kPrices[] = {15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 100};

std::string filled(std::string_view pattern, std::string_view slot, const std::string& words) {
  std::string text(pattern);
  if (const auto at = text.find(slot); at != std::string::npos) text.replace(at, slot.size(), words);
  return text;
}

const std::string& said_as(const FacetValue& value, Dice& dice) {
  const auto which = dice.below(value.names.size() + 2);
  return which < value.names.size() ? value.names[which] : value.value;
}

bool is_value(const Catalogue& catalogue, std::string_view word) {
  for (const auto& facet : catalogue.facets)
    for (const auto& value : facet.values) {
      if (equal_ignoring_case(value.value, word)) return true;
      for (const auto& name : value.names)
        if (equal_ignoring_case(name, word)) return true;
    }
  return false;
}

std::string system_words(const Catalogue& catalogue) {
  std::vector<std::string> keys;
  for (const auto* facet : answered_facets(catalogue)) keys.push_back('"' + facet->field + '"');
  return "Conviertes lo que busca un visitante en un filtro JSON con " + join(keys, ", ") + ", \"date\" y \"price_max\". Lo que no dice es null.";
}

class Maker {
 public:
  Maker(const Catalogue& catalogue, std::uint64_t seed) : catalogue_(catalogue), facets_(answered_facets(catalogue)), dice_(seed), system_(system_words(catalogue)) {}

  // One value, in the manner of the first language.
  Conversation plain(const Facet& facet, std::size_t number) {
    const auto& value = facet.values[number % facet.values.size()];
    const auto& manner = kManners[0];
    const auto round = number / facet.values.size();
    const auto& ask = manner.ask[round % manner.ask.size()];
    const bool is_first = &facet == facets_.front();
    Understanding wanted;
    wanted.filter.facets[facet.field] = {value.value};
    return made(asked(ask) + " " + filled(is_first ? manner.first[0] : manner.second, "{}", value.value), wanted);
  }

  Conversation mixed() {
    const auto& manner = dice_.one_in(4) ? dice_.of(kManners) : kManners[0];
    Understanding wanted;
    std::vector<std::string> parts = {asked(dice_.of(manner.ask))};
    if (const auto stranger = dice_.one_in(8) ? a_stranger() : ""; !stranger.empty()) parts.push_back(stranger);
    else add_values(manner, wanted, parts);
    add_days(manner, wanted, parts);
    add_price(manner, wanted, parts);
    return made(join(parts, " "), wanted);
  }

 private:
  std::string asked(std::string_view ask) const { return filled(ask, "{many}", catalogue_.words.many); }

  std::string a_stranger() {
    const std::string word(dice_.of(kStrangers));
    return is_value(catalogue_, word) ? "" : word;
  }

  void add_values(const Manner& manner, Understanding& wanted, std::vector<std::string>& parts) {
    for (std::size_t i = 0; i < facets_.size(); ++i) {
      if (facets_[i]->values.empty() || dice_.one_in(3)) continue;
      const auto& value = dice_.of(facets_[i]->values);
      auto words = said_as(value, dice_);
      if (dice_.one_in(6)) words = misspelled(words, dice_);
      if (dice_.one_in(5)) words = lowercase(words);
      parts.push_back(filled(i == 0 ? dice_.of(manner.first) : manner.second, "{}", words));
      wanted.filter.facets[facets_[i]->field] = {value.value};
    }
  }

  void add_days(const Manner& manner, Understanding& wanted, std::vector<std::string>& parts) {
    if (!catalogue_.field_of(FieldKind::date) || !dice_.one_in(3)) return;
    const bool is_next = dice_.one_in(2);
    parts.emplace_back(dice_.of(is_next ? manner.next_month : manner.this_month));
    wanted.filter.period = is_next ? "next_month" : "current_month";
  }

  void add_price(const Manner& manner, Understanding& wanted, std::vector<std::string>& parts) {
    if (!catalogue_.field_of(FieldKind::price) || !dice_.one_in(3)) return;
    if (catalogue_.search.cheap_price > 0 && dice_.one_in(3)) {
      parts.emplace_back(dice_.of(manner.cheap));
      wanted.filter.price_max = catalogue_.search.cheap_price;
      return;
    }
    const auto price = dice_.of(kPrices);
    parts.push_back(filled(dice_.of(manner.price), "{}", std::to_string(price)));
    wanted.filter.price_max = price;
  }

  Conversation made(std::string question, const Understanding& wanted) const {
    auto answer = search_answer(catalogue_, wanted);
    return {{{"system", system_}, {"user", std::move(question)}, {"assistant", answer}}, answer};
  }

  const Catalogue& catalogue_;
  std::vector<const Facet*> facets_;
  Dice dice_;
  std::string system_;
};

}  // namespace

std::string misspelled(const std::string& word, Dice& dice) {
  std::vector<std::size_t> letters;   // that may be wrong: ASCII ones, not the first
  for (std::size_t i = 1; i + 1 < word.size(); ++i)
    if (std::isalpha(static_cast<unsigned char>(word[i])) && std::isalpha(static_cast<unsigned char>(word[i + 1]))) letters.push_back(i);
  if (word.size() < 5 || letters.empty()) return word;
  const auto at = dice.of(letters);
  auto wrong = word;
  switch (dice.below(3)) {
    case 0: wrong.erase(at, 1); break;
    case 1: wrong.insert(at, 1, word[at]); break;
    default: std::swap(wrong[at], wrong[at + 1]);
  }
  return wrong;
}

std::vector<Conversation> small_search_set(const Catalogue& catalogue, std::uint64_t seed) {
  std::vector<Conversation> set;
  Maker maker(catalogue, seed);
  const auto facets = answered_facets(catalogue);
  for (std::size_t i = 0; i < facets.size() && i < 2; ++i)
    for (std::size_t n = 0; n < (i == 0 ? kByFirst : kBySecond) && !facets[i]->values.empty(); ++n) set.push_back(maker.plain(*facets[i], n));
  return set;
}

std::vector<Conversation> search_set(const Catalogue& catalogue, std::size_t size, std::uint64_t seed) {
  std::vector<Conversation> set;
  std::set<std::string> questions;
  Maker maker(catalogue, seed);
  for (std::size_t tries = 0; set.size() < std::min(size, kDatasetMax) && tries < kTriesOfOne * size; ++tries) {
    auto conversation = maker.mixed();
    if (questions.insert(conversation.turns[1].content).second) set.push_back(std::move(conversation));
  }
  return set;
}

}  // namespace fragua::catalogue
