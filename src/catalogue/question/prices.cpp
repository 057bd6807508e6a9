#include "catalogue/question/prices.h"

#include <algorithm>
#include <initializer_list>

#include "catalogue/question/date_words.h"
#include "catalogue/question/explicit_days.h"
#include "catalogue/question/forms.h"
#include "catalogue/question/negation.h"
#include "catalogue/question/word_lists.h"

namespace fragua::catalogue {

namespace {

constexpr double kPriceMax = 1e6;

enum class Bound { most, least };

struct Comparison {
  std::string_view words;
  Bound bound;
};

// Longer ones stand before those that they end with.
constexpr Comparison kBefore[] = {
    {"no mas de", Bound::most},       {"no mes de", Bound::most},     {"nao mais de", Bound::most},    {"no more than", Bound::most},   {"not more than", Bound::most},
    {"por debajo de", Bound::most},   {"debajo de", Bound::most},     {"menos de", Bound::most},       {"menys de", Bound::most},       {"menos que", Bound::most},
    {"menor a", Bound::most},         {"menor que", Bound::most},     {"menor de", Bound::most},       {"inferior a", Bound::most},     {"inferiores a", Bound::most},
    {"hasta los", Bound::most},       {"hasta", Bound::most},         {"maximo de", Bound::most},      {"maximo", Bound::most},         {"maxim", Bound::most},
    {"max", Bound::most},             {"tope de", Bound::most},       {"tope", Bound::most},           {"como mucho", Bound::most},     {"como maximo", Bound::most},
    {"a lo sumo", Bound::most},       {"under", Bound::most},         {"below", Bound::most},          {"less than", Bound::most},      {"cheaper than", Bound::most},
    {"up to", Bound::most},           {"at most", Bound::most},       {"maximum", Bound::most},        {"fewer than", Bound::most},     {"not over", Bound::most},
    {"fins a", Bound::most},          {"fins", Bound::most},          {"per sota de", Bound::most},    {"com a molt", Bound::most},     {"no maximo", Bound::most},
    {"ate", Bound::most},             {"abaixo de", Bound::most},     {"<", Bound::most},              {"presupuesto de", Bound::most}, {"budget of", Bound::most},
    {"no pase de", Bound::most},      {"no pasen de", Bound::most},   {"no supere los", Bound::most},  {"no superen los", Bound::most}, {"no cueste mas de", Bound::most},
    {"baratos de", Bound::most},      {"mas de", Bound::least},       {"mes de", Bound::least},        {"mais de", Bound::least},       {"more than", Bound::least},
    {"desde los", Bound::least},      {"desde", Bound::least},        {"a partir de", Bound::least},   {"minimo de", Bound::least},     {"minimo", Bound::least},
    {"al menos", Bound::least},       {"por lo menos", Bound::least}, {"como minimo", Bound::least},   {"por encima de", Bound::least}, {"superior a", Bound::least},
    {"superiores a", Bound::least},   {"mayor a", Bound::least},      {"mayor que", Bound::least},     {"over", Bound::least},          {"above", Bound::least},
    {"at least", Bound::least},       {"minimum", Bound::least},      {"des de", Bound::least},        {"acima de", Bound::least},      {"pelo menos", Bound::least},
    {"per sobre de", Bound::least},   {">", Bound::least},
};
constexpr Comparison kAfter[] = {
    {"como maximo", Bound::most}, {"como mucho", Bound::most}, {"maximo", Bound::most},    {"de maximo", Bound::most},  {"max", Bound::most},        {"o menos", Bound::most},
    {"or less", Bound::most},     {"at most", Bound::most},    {"tops", Bound::most},      {"o menys", Bound::most},    {"ou menos", Bound::most},   {"no maximo", Bound::most},
    {"tope", Bound::most},        {"como minimo", Bound::least}, {"minimo", Bound::least}, {"o mas", Bound::least},     {"or more", Bound::least},   {"ou mais", Bound::least},
    {"o mes", Bound::least},      {"para arriba", Bound::least}, {"en adelante", Bound::least}, {"de tope", Bound::most}, {"com a maxim", Bound::most},
};

// What a number counts that is no money.
bool is_other_unit(std::string_view word) {
  return is_one_of(word, {"anos", "ano", "years", "anys", "dias", "dia", "days", "dies", "personas", "people", "persones", "pessoas", "km", "kilometros", "minutos", "minutes",
                          "horas", "hours", "h", "entradas", "tickets", "entrades", "bilhetes", "semanas", "weeks", "meses", "months", "conciertos", "concerts", "concertos",
                          "eventos", "events", "veces", "grupos", "bandas", "asistentes", "plazas", "am", "pm", "resultados", "results", "amigos", "friends", "de"});
}

bool is_cheap(std::string_view word) {
  for (const std::string_view known : {"barato", "economico", "asequible", "cheap", "inexpensive", "affordable", "barat", "barata", "economic", "lowcost", "chollo", "ganga",
                                       "baratito", "acessivel", "assequible", "baratillo", "baratisimo"}) {
    if (word == known || sound_of(base_form(word)) == sound_of(base_form(known))) return true;
    if (word.size() >= 6 && known.size() >= 6 && slips(word, known) == 1) return true;
  }
  return false;
}
bool is_expensive(std::string_view word) { return is_one_of(base_form(word), {"caro", "cara", "expensive", "expensiv", "pricey", "car", "costos"}); }
bool is_free_of_charge(std::string_view word) {
  return is_one_of(word, {"gratis", "gratuito", "gratuita", "gratuitos", "gratuitas", "gratuit", "gratuita", "gratuits", "free"});
}

std::size_t count_words(std::string_view words) { return std::size_t(std::count(words.begin(), words.end(), ' ')) + 1; }

class PriceReader {
 public:
  PriceReader(Question& question, double cheap) : question_(question), cheap_(cheap) {}

  AskedPrice read() {
    for (std::size_t at = 0; at < question_.size(); ++at) {
      if (!question_.is_free(at)) continue;
      if (!range(at)) amount(at);
    }
    if (!asked_.min && !asked_.max) in_words();
    return std::move(asked_);
  }

 private:
  struct Money {
    double value = 0;
    std::size_t next = 0;
    bool has_currency = false;
  };

  std::optional<Money> money(std::size_t at) const {
    const bool is_led = is_currency(question_.word(at)) && question_.number(at + 1);   // "€30"
    const auto first = is_led ? at + 1 : at;
    const auto number = question_.is_free(first) ? number_said(question_, first) : std::nullopt;
    if (!number || number->value < 0 || number->value > kPriceMax) return std::nullopt;
    const auto next = first + number->words;
    const bool has_currency = is_led || is_currency(question_.word(next));
    return Money{number->value, has_currency && !is_led ? next + 1 : next, has_currency};
  }

  void take(Span span) {
    question_.take(span);
    asked_.spans.push_back(span);
  }

  // "entre 20 y 40", "de 20 a 40 euros", "20-40 €".
  bool range(std::size_t at) {
    const bool is_between = is_one_of(question_.word(at), {"entre", "between"});
    const bool is_from = is_one_of(question_.word(at), {"de", "from", "desde"});
    const auto first = money(is_between || is_from ? at + 1 : at);
    if (!first || !is_one_of(question_.word(first->next), {"y", "a", "and", "to", "-", "i", "e", "hasta", "fins"})) return false;
    auto joiner = first->next + 1;
    if (is_one_of(question_.word(joiner), {"los", "a", "els"})) ++joiner;
    const auto second = money(joiner);
    if (!second || second->value < first->value) return false;
    if (!is_between && !second->has_currency && !first->has_currency) return false;
    if (!second->has_currency && is_other_unit(question_.word(second->next))) return false;
    asked_.min = first->value;
    asked_.max = second->value;
    take({at, second->next});
    return true;
  }

  void amount(std::size_t at) {
    const auto found = money(at);
    if (!found || (!found->has_currency && is_other_unit(question_.word(found->next)))) return;
    Span span{at, found->next};
    auto bound = bound_before(span);
    if (!bound) bound = bound_after(span);
    if (!bound && !found->has_currency) return;
    auto& price = bound.value_or(Bound::most) == Bound::most ? asked_.max : asked_.min;
    price = found->value;
    take(span);
  }

  std::optional<Bound> bound_before(Span& span) const {
    auto end = span.first;
    if (end > 0 && is_one_of(question_.word(end - 1), {"unos", "los", "els", "uns", "about"})) --end;
    for (const auto& known : kBefore) {
      const auto words = count_words(known.words);
      if (words > end || !question_.says(end - words, known.words) || !question_.is_free({end - words, end})) continue;
      const bool is_denied = known.bound == Bound::least && is_negated(question_, end - words);
      span.first = end - words;
      return is_denied ? Bound::most : known.bound;
    }
    return std::nullopt;
  }

  std::optional<Bound> bound_after(Span& span) const {
    for (const auto& known : kAfter)
      if (question_.says(span.last, known.words)) {
        span.last += count_words(known.words);
        return known.bound;
      }
    return std::nullopt;
  }

  // "barato", "nada caro", "gratis", "low cost".
  void in_words() {
    for (std::size_t at = 0; at < question_.size(); ++at) {
      if (!question_.is_free(at)) continue;
      const auto word = question_.word(at);
      if (is_free_of_charge(word) && !is_negated(question_, at)) {
        asked_.max = 0;
        return take({at, at + 1});
      }
      const auto words = cheap_words(at);
      if (words == 0 || cheap_ <= 0) continue;
      asked_.max = cheap_;
      return take({at, at + words});
    }
  }

  std::size_t cheap_words(std::size_t at) const {
    const auto word = question_.word(at);
    if (is_cheap(word)) return is_negated(question_, at) ? 0 : 1;
    for (const std::string_view words : {"low cost", "bien de precio", "bien de preu", "buen precio", "bon preu", "bom preco", "poco dinero", "pocos euros", "poca pasta", "precio bajo",
                                         "precios bajos", "preus baixos", "em conta", "on a budget", "tight budget", "poc diner", "pouco dinheiro", "low price", "low prices",
                                         "cuesten poco", "cueste poco", "cuestan poco", "cuesta poco", "tirado de precio", "tirados de precio", "precio economico", "precio reducido"})
      if (question_.says(at, words)) return count_words(words);
    const bool is_modest = is_one_of(word, {"muy", "too", "very", "tan", "demasiado", "gaire", "muito", "massa"}) && is_expensive(question_.word(at + 1));
    if ((is_modest || is_expensive(word)) && at > 0 && is_one_of(question_.word(at - 1), {"no", "nada", "not", "poco", "sean", "sea", "ser", "ni", "nor", "gens", "nao", "nem", "isn", "t"})) return is_modest ? 2 : 1;
    return 0;
  }

  Question& question_;
  double cheap_;
  AskedPrice asked_;
};

struct Order {
  std::string_view words;
  AskedOrder order;
};

constexpr AskedOrder kByPrice{SortBy::price, false, false, {}}, kDearest{SortBy::price, true, false, {}}, kByDate{SortBy::date, false, false, {}},
    kUpcoming{SortBy::date, false, true, {}}, kLatest{SortBy::date, true, false, {}}, kByTitle{SortBy::title, false, false, {}};

constexpr Order kOrders[] = {
    {"cheapest", kByPrice},          {"lowest price", kByPrice},     {"menor precio", kByPrice},         {"menor a mayor precio", kByPrice}, {"por precio", kByPrice},
    {"by price", kByPrice},          {"per preu", kByPrice},         {"por preco", kByPrice},            {"precio mas bajo", kByPrice},      {"menor preco", kByPrice},
    {"most expensive", kDearest},    {"priciest", kDearest},         {"mayor precio", kDearest},         {"mayor a menor precio", kDearest}, {"highest price", kDearest},
    {"ordenados por fecha", kByDate}, {"ordenado por fecha", kByDate}, {"por fecha", kByDate},           {"by date", kByDate},               {"per data", kByDate},
    {"por data", kByDate},           {"mas proximos", kUpcoming},     {"mas proximo", kUpcoming},         {"cuanto antes", kUpcoming},
    {"lo antes posible", kUpcoming}, {"mas cercanos en el tiempo", kUpcoming}, {"mas pronto", kUpcoming}, {"mas tardios", kLatest},          {"mas lejanos", kLatest},
    {"por nombre", kByTitle},        {"alfabetico", kByTitle},       {"alfabeticamente", kByTitle},      {"by name", kByTitle},              {"alphabetically", kByTitle},
};

// "los próximos", "the next one"; what is said of a month or a week is a day, and "próximo a" is a place.
bool is_upcoming(const Question& question, std::size_t at) {
  return is_one_of(question.word(at), {"proximo", "proxima", "proximos", "proximas", "proper", "propera", "propers", "properes", "next", "upcoming", "soonest"}) &&
         !is_one_of(question.word(at + 1), {"a", "al", "de"});
}

// "más barato", "menos caro", "mes barat".
std::optional<AskedOrder> superlative(const Question& question, std::size_t at) {
  const auto word = question.word(at);
  const bool is_more = is_one_of(word, {"mas", "mes", "mais", "most"}), is_less = is_one_of(word, {"menos", "menys", "least"});
  const auto quality = question.word(at + 1);
  if ((is_more && is_cheap(quality)) || (is_less && is_expensive(quality))) return kByPrice;
  if ((is_more && is_expensive(quality)) || (is_less && is_cheap(quality))) return kDearest;
  return std::nullopt;
}

}  // namespace

AskedPrice find_prices(Question& question, double cheap) { return PriceReader(question, cheap).read(); }

std::optional<AskedOrder> find_order(Question& question) {
  for (std::size_t at = 0; at < question.size(); ++at) {
    if (!question.is_free(at)) continue;
    auto order = superlative(question, at);
    std::size_t words = 2;
    for (const auto& known : kOrders)
      if (!order && question.says(at, known.words)) {
        order = known.order;
        words = count_words(known.words);
      }
    if (!order && is_upcoming(question, at)) {
      order = kUpcoming;
      words = 1;
    }
    if (!order) continue;
    order->span = {at, at + words};
    question.take(order->span);
    return order;
  }
  return std::nullopt;
}

}  // namespace fragua::catalogue
