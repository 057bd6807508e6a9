#include "catalogue/assistant/answer_text.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catalogue/assistant/description.h"
#include "catalogue/assistant/phrasebook.h"
#include "catalogue/assistant/wording.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kValuesShown = 15;
constexpr std::size_t kInsteadShown = 5;
constexpr std::size_t kDetailedMax = 3;         // items of a list that is told in detail
constexpr std::size_t kAfterShown = 3;          // of a comparison, behind the first

using Arguments = fmt::dynamic_format_arg_store<fmt::format_context>;

// What agrees with the noun: articles and endings.
struct Agreement {
  std::string_view the, the_many;         // of Spanish, Catalan, Portuguese
  std::string_view o, a;                  // "barat{o}", "primer{a}"
  std::string_view os;
};

Agreement agreement(const Noun& noun, Tongue tongue) {
  const bool f = noun.is_feminine;
  if (tongue == Tongue::portuguese) return {f ? "A" : "O", f ? "As" : "Os", f ? "a" : "o", f ? "a" : "", f ? "as" : "os"};
  if (tongue == Tongue::catalan) return {f ? "La" : "El", f ? "Les" : "Els", f ? "a" : "", f ? "a" : "", f ? "es" : "s"};
  return {f ? "La" : "El", f ? "Las" : "Los", f ? "a" : "o", f ? "a" : "", f ? "as" : "os"};
}

// Before the name of a facet: "en 43 ciudades", "de 13 géneros".
std::string_view preposition(bool place, Tongue tongue) {
  constexpr std::string_view in[kTongues] = {"en", "in", "a", "em"};
  if (place) return in[std::size_t(tongue)];
  return tongue == Tongue::english ? "in" : "de";
}

bool begins_with_vowel(std::string_view word) { return !word.empty() && std::string_view("aeiou").find(word.front()) != std::string_view::npos; }

double in_cents(double price) { return std::nearbyint(price * 100) / 100; }

class Writing {
 public:
  Writing(const Catalogue& catalogue, const Facts& facts, Tongue tongue)
      : catalogue_(catalogue), facts_(facts), tongue_(tongue), phrases_(phrasebook(tongue)), thing_(thing_of(catalogue, tongue)) {}

  std::vector<std::string> write() {
    if (!facts_.asked.understanding.not_understood.empty()) say_unknown();
    else say_known();
    return std::move(pieces_);
  }

 private:
  const Filter& filter() const { return facts_.asked.understanding.filter; }
  std::string which() const { return filter_text(catalogue_, filter(), tongue_); }
  std::string price(double value) const { return price_text(value, catalogue_.currency, tongue_); }

  Arguments common(std::int64_t n) const {
    const auto agrees = agreement(thing_, tongue_);
    const bool elides = tongue_ == Tongue::catalan && !thing_.is_feminine && begins_with_vowel(thing_.one);
    Arguments arguments;
    arguments.push_back(fmt::arg("n", n));
    arguments.push_back(fmt::arg("thing", thing_.one));
    arguments.push_back(fmt::arg("things", n == 1 ? thing_.one : thing_.many));
    arguments.push_back(fmt::arg("which", which()));
    arguments.push_back(fmt::arg("The", std::string(elides ? "L'" : agrees.the)));
    arguments.push_back(fmt::arg("Los", std::string(agrees.the_many)));
    arguments.push_back(fmt::arg("o", std::string(agrees.o)));
    arguments.push_back(fmt::arg("a", std::string(agrees.a)));
    add_catalan(arguments, thing_.is_feminine);
    return arguments;
  }

  // Adjectives whose forms differ by more than an ending.
  static void add_catalan(Arguments& arguments, bool f) {
    arguments.push_back(fmt::arg("barat", std::string(f ? "barata" : "barat")));
    arguments.push_back(fmt::arg("barats", std::string(f ? "barates" : "barats")));
    arguments.push_back(fmt::arg("car", std::string(f ? "cara" : "car")));
    arguments.push_back(fmt::arg("cars", std::string(f ? "cares" : "cars")));
    arguments.push_back(fmt::arg("propers", std::string(f ? "properes" : "propers")));
    arguments.push_back(fmt::arg("primers", std::string(f ? "primeres" : "primers")));
    arguments.push_back(fmt::arg("darrers", std::string(f ? "darreres" : "darrers")));
  }

  void say(std::string_view phrase, const Arguments& arguments) { add(fmt::vformat(phrase, arguments)); }
  // Pieces are joined by what they begin with: a space after a sentence, a line end before a line.
  void add(std::string sentence) { pieces_.push_back((pieces_.empty() ? "" : " ") + std::move(sentence)); }
  void add_line(std::string line) { pieces_.push_back((pieces_.empty() ? "" : "\n") + std::move(line)); }
  // Of a few items also what the question asks for by its label: "¿cuántas entradas quedan para el más barato?".
  void add_items() {
    const auto question = facts_.items.size() <= kDetailedMax ? folded_words(facts_.asked.question) : FoldedWords();
    for (const auto& item : facts_.items) {
      const auto details = asked_details(catalogue_, item, question, tongue_);
      add_line("- " + item_text(catalogue_, item, tongue_) + (details.empty() ? "" : ". " + details));
    }
  }

  void say_known() {
    const auto intent = facts_.asked.intention.intent;
    if (intent == Intent::details) return say_details();
    if (facts_.total == 0) return say_none();
    switch (intent) {
      case Intent::values: return say_values();
      case Intent::most: return say_ranked(phrases_.most, phrases_.most_several);
      case Intent::fewest: return say_ranked(phrases_.fewest, phrases_.fewest_several);
      case Intent::cheapest_of: return say_ranked(phrases_.cheapest_of, phrases_.cheapest_of_several);
      case Intent::dearest_of: return say_ranked(phrases_.dearest_of, phrases_.dearest_of_several);
      case Intent::cheapest: return say_edge(phrases_.cheapest, phrases_.cheapest_several, facts_.price_min);
      case Intent::dearest: return say_edge(phrases_.dearest, phrases_.dearest_several, facts_.price_max);
      case Intent::prices: return say_prices();
      case Intent::average: return say_average();
      case Intent::next: return say_next();
      case Intent::first: return say_by_day(phrases_.first, phrases_.first_several);
      case Intent::last: return say_by_day(phrases_.last, phrases_.last_several);
      case Intent::count: return say(phrases_.have, common(facts_.total));
      default: return say_events();
    }
  }

  void say_none() { say(phrases_.have_none, common(0)); }

  void say_events() {
    if (facts_.asked.intention.wants_more) {
      if (facts_.items.empty()) return add(std::string(phrases_.no_more));
    } else {
      say(phrases_.have, common(facts_.total));
    }
    const bool is_all = std::int64_t(facts_.items.size()) == facts_.of_these;
    if (!facts_.asked.intention.wants_more) {
      if (facts_.is_from_today) add(std::string(is_all ? phrases_.coming_all : phrases_.coming));
      else if (facts_.total > 1) add(std::string(is_all ? phrases_.these : phrases_.some));
    }
    add_items();
  }

  void say_edge(std::string_view one, std::string_view several, std::optional<double> edge) {
    if (!edge) return add(std::string(phrases_.no_price));
    auto arguments = common(facts_.of_these);
    arguments.push_back(fmt::arg("price", price(*edge)));
    say(facts_.of_these == 1 ? one : several, arguments);
    add_items();
  }

  void say_prices() {
    if (!facts_.price_min || !facts_.price_max) return add(std::string(phrases_.no_price));
    auto arguments = common(facts_.total);
    arguments.push_back(fmt::arg("min", price(*facts_.price_min)));
    arguments.push_back(fmt::arg("max", price(*facts_.price_max)));
    if (facts_.total == 1) say(phrases_.price_one, arguments);
    else say(*facts_.price_min == *facts_.price_max ? phrases_.price_same : phrases_.prices, arguments);
    add_items();
  }

  void say_average() {
    if (!facts_.price_mean) return add(std::string(phrases_.no_price));
    auto arguments = common(facts_.total);
    arguments.push_back(fmt::arg("mean", price(in_cents(*facts_.price_mean))));
    arguments.push_back(fmt::arg("min", price(*facts_.price_min)));
    arguments.push_back(fmt::arg("max", price(*facts_.price_max)));
    say(phrases_.average, arguments);
  }

  void say_item(std::string_view phrase, const Item& item) {
    auto arguments = common(1);
    arguments.push_back(fmt::arg("item", item_text(catalogue_, item, tongue_)));
    say(phrase, arguments);
  }

  void say_next() {
    if (facts_.is_from_today) return say_by_day(phrases_.next, phrases_.next_several);
    auto arguments = common(0);
    arguments.push_back(fmt::arg("day", day_text(facts_.today, tongue_)));
    say(phrases_.none_to_come, arguments);
    if (!facts_.items.empty()) say_item(phrases_.latest_was, facts_.items.front());
  }

  void say_by_day(std::string_view one, std::string_view several) {
    if (facts_.items.size() == 1) return say_item(one, facts_.items.front());
    say(several, common(std::int64_t(facts_.items.size())));
    add_items();
  }

  void say_details() {
    if (facts_.items.size() == 1) {
      for (auto& sentence : item_details(catalogue_, facts_.items.front(), folded_words(facts_.asked.question), tongue_)) add(std::move(sentence));
      return;
    }
    if (facts_.asked.pointed_at.empty()) say(phrases_.several_so_called, common(std::int64_t(facts_.items.size())));
    else add(std::string(phrases_.these));
    add_items();
  }

  std::string values_list(const std::vector<FacetValue>& values, std::size_t limit, bool with_counts) const {
    std::vector<std::string> parts;
    for (const auto& value : values) {
      if (parts.size() == limit) break;
      parts.push_back(with_counts ? fmt::format("{} ({})", value.value, value.count) : value.value);
    }
    return parts.size() == values.size() ? listed(parts, tongue_) : with_rest(parts, values.size() - parts.size());
  }

  // "a, b and 7 more".
  std::string with_rest(const std::vector<std::string>& parts, std::size_t more) const {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text + " " + fmt::format(fmt::runtime(phrases_.and_more), fmt::arg("n", more));
  }

  // What is told of a value that is compared with others.
  std::string figure(const FacetValue& value) const {
    return is_ranked_by_price(facts_.asked.intention.intent) ? price(in_cents(value.price_mean.value_or(0))) : std::to_string(value.count);
  }

  // Which value comes first, or which ones share that place, and what comes after.
  void say_ranked(std::string_view one, std::string_view several) {
    const auto& values = facts_.values;
    if (values.empty()) return add(std::string(phrases_.no_price));
    const auto best = figure(values.front());
    const auto behind = std::find_if(values.begin(), values.end(), [&](const FacetValue& value) { return figure(value) != best; });
    const std::vector<FacetValue> first(values.begin(), behind);
    auto arguments = ranked_arguments();
    arguments.push_back(fmt::arg("n", best));
    arguments.push_back(fmt::arg("list", values_list(first, kValuesShown, false)));
    say(first.size() == 1 ? one : several, arguments);
    if (behind == values.end()) return;
    std::vector<std::string> next;
    for (auto value = behind; value != values.end() && next.size() < kAfterShown; ++value) next.push_back(fmt::format("{} ({})", value->value, figure(*value)));
    Arguments after;
    after.push_back(fmt::arg("list", listed(next, tongue_)));
    say(phrases_.after_that, after);
  }

  // They agree with the facet's noun, and the filter is told without that facet.
  Arguments ranked_arguments() const {
    const auto& field = facts_.asked.intention.facet;
    const auto noun = facet_noun(catalogue_, field, tongue_);
    const auto agrees = agreement(noun, tongue_);
    auto rest = filter();
    rest.facets.erase(field);
    Arguments arguments;
    arguments.push_back(fmt::arg("things", thing_.many));
    arguments.push_back(fmt::arg("which", filter_text(catalogue_, rest, tongue_)));
    arguments.push_back(fmt::arg("The", std::string(agrees.the)));
    arguments.push_back(fmt::arg("Los", std::string(agrees.the_many)));
    arguments.push_back(fmt::arg("o", std::string(agrees.o)));
    arguments.push_back(fmt::arg("os", std::string(agrees.os)));
    arguments.push_back(fmt::arg("name", noun.one));
    arguments.push_back(fmt::arg("names", noun.many));
    add_catalan(arguments, noun.is_feminine);
    return arguments;
  }

  void say_values() {
    const auto& intention = facts_.asked.intention;
    const auto noun = facet_noun(catalogue_, intention.facet, tongue_);
    const auto n = std::int64_t(facts_.values.size());
    const bool wants_all = says(folded_words(facts_.asked.question), "todas | todos | all | totes | tots");
    Arguments arguments;
    arguments.push_back(fmt::arg("n", n));
    arguments.push_back(fmt::arg("things", thing_.many));
    arguments.push_back(fmt::arg("which", which()));
    arguments.push_back(fmt::arg("in", std::string(preposition(is_place(catalogue_, intention.facet), tongue_))));
    arguments.push_back(fmt::arg("names", n == 1 ? noun.one : noun.many));
    arguments.push_back(fmt::arg("list", values_list(facts_.values, wants_all ? facts_.values.size() : kValuesShown, true)));
    say(intention.counts_values && n > std::int64_t(kValuesShown) ? phrases_.values : phrases_.values_names, arguments);
  }

  // Which facet a word that names nothing would belong to: what stands before it says so.
  bool is_asked_as_place(const std::string& word) const {
    const auto words = folded_words(facts_.asked.question);
    const auto at = position_of(words, folded_words(word));
    return at && *at > 0 && says({words[*at - 1]}, "en | in | a | em | at | near | cerca");
  }
  bool is_asked_as_kind(const std::string& word) const {
    const auto words = folded_words(facts_.asked.question);
    const auto run = folded_words(word);
    const auto at = position_of(words, run);
    if (!at) return false;
    const bool is_before_thing = tongue_ == Tongue::english && find_thing(catalogue_, words) && find_thing(catalogue_, words)->begin == *at + run.size();
    return is_before_thing || (*at > 0 && says({words[*at - 1]}, "de | of | d | do"));
  }

  void say_unknown() {
    const auto& unknown = facts_.asked.understanding.not_understood;
    bool is_place_wanted = false;
    bool is_kind_wanted = false;
    for (const auto& word : unknown) {
      Arguments arguments;
      arguments.push_back(fmt::arg("things", thing_.many));
      arguments.push_back(fmt::arg("word", word));
      const bool place = is_asked_as_place(word);
      const bool kind = !place && is_asked_as_kind(word);
      is_place_wanted |= place;
      is_kind_wanted |= kind;
      say(place ? phrases_.none_in : kind ? phrases_.none_of : phrases_.none_named, arguments);
    }
    if (!wants_everything(filter())) {
      if (facts_.total > 0) say(phrases_.have, common(facts_.total));
      return;
    }
    for (const auto& facet : catalogue_.facets)
      if ((is_place_wanted && is_place(catalogue_, facet.field)) || (is_kind_wanted && !is_place(catalogue_, facet.field))) return say_instead(facet);
  }

  void say_instead(const Facet& facet) {
    const auto noun = facet_noun(catalogue_, facet.field, tongue_);
    Arguments arguments;
    arguments.push_back(fmt::arg("things", thing_.many));
    arguments.push_back(fmt::arg("in", std::string(preposition(is_place(catalogue_, facet.field), tongue_))));
    arguments.push_back(fmt::arg("names", noun.many));
    arguments.push_back(fmt::arg("os", std::string(agreement(noun, tongue_).os)));
    const std::vector<FacetValue> some(facet.values.begin(), facet.values.begin() + std::ptrdiff_t(std::min(kInsteadShown, facet.values.size())));
    arguments.push_back(fmt::arg("list", values_list(some, kInsteadShown, false)));
    say(phrases_.instead, arguments);
  }

  const Catalogue& catalogue_;
  const Facts& facts_;
  Tongue tongue_;
  const Phrasebook& phrases_;
  Noun thing_;
  std::vector<std::string> pieces_;
};

std::string with_title(std::string_view phrase, const Catalogue& catalogue, Tongue tongue) {
  return fmt::format(fmt::runtime(phrase), fmt::arg("title", catalogue.title.empty() ? catalogue.name : catalogue.title), fmt::arg("n", catalogue.items),
                     fmt::arg("things", thing_of(catalogue, tongue).many));
}

}  // namespace

std::vector<std::string> answer_of(const Catalogue& catalogue, const Facts& facts, Tongue tongue) { return Writing(catalogue, facts, tongue).write(); }

std::string talk_of(const Catalogue& catalogue, Intent intent, Tongue tongue) {
  const auto& phrases = phrasebook(tongue);
  if (intent == Intent::thanks) return with_title(phrases.thanks, catalogue, tongue);
  if (intent == Intent::goodbye) return with_title(phrases.goodbye, catalogue, tongue);
  if (intent == Intent::about) return with_title(phrases.about_itself, catalogue, tongue);
  return with_title(phrases.greeting, catalogue, tongue);
}

std::string helpless(const Catalogue& catalogue, Tongue tongue) { return with_title(phrasebook(tongue).cannot, catalogue, tongue); }

std::string unknown_purchase(const Catalogue& catalogue, Tongue tongue) { return with_title(phrasebook(tongue).unknown_purchase, catalogue, tongue); }

}  // namespace fragua::catalogue::assistant
