#include "catalogue/assistant/facts.h"

#include <algorithm>

#include "base/strings.h"
#include "catalogue/question/number_words.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::int64_t kTitlesLookedAt = 50;
constexpr std::size_t kTitleWordsMin = 2;       // one word alone is too often a word of the question

void take_figures(const Found& found, Facts& facts) {
  facts.total = found.total;
  facts.first_day = found.first_day;
  facts.last_day = found.last_day;
  facts.price_min = found.price_min;
  facts.price_max = found.price_max;
  facts.price_mean = found.price_mean;
}

// "el más barato" is no limit on the price, whatever "barato" means by itself.
Filter without_price_words(Filter filter, const std::vector<Trace>& traces) {
  for (const auto& trace : traces) {
    const auto words = folded_words(trace.words);
    const bool is_figure = std::any_of(words.begin(), words.end(), [](const std::string& word) { return word.front() <= '9' || number_word(word); });
    if (is_figure) continue;
    if (trace.part == "price_max") filter.price_max.reset();
    if (trace.part == "price_min") filter.price_min.reset();
  }
  return filter;
}

Filter sorted(Filter filter, SortBy by, bool descending, std::int64_t limit) {
  filter.sort = by;
  filter.descending = descending;
  filter.limit = limit;
  return filter;
}

Filter from_day(Filter filter, const std::string& day) {
  DayRange days = filter.days.value_or(DayRange{});
  if (days.from < day) days.from = day;
  filter.days = days;
  filter.period.clear();
  return filter;
}

// With an offset of its own, which the figures do not know.
Filter all_of(Filter filter) {
  filter.offset = 0;
  return filter;
}

// The counts of these values; what was not found counts none.
std::vector<FacetValue> only(const std::vector<FacetValue>& counted, const std::vector<std::string>& wanted) {
  std::vector<FacetValue> values;
  for (const auto& value : wanted) {
    const auto found = std::find_if(counted.begin(), counted.end(), [&](const FacetValue& one) { return one.value == value; });
    values.push_back({value, found == counted.end() ? 0 : found->count, {}});
  }
  return values;
}

bool comes_first(Intent intent, const FacetValue& a, const FacetValue& b) {
  if (intent == Intent::most) return a.count > b.count;
  if (intent == Intent::fewest) return a.count < b.count;
  return intent == Intent::dearest_of ? a.price_mean > b.price_mean : a.price_mean < b.price_mean;
}

class Gathering {
 public:
  Gathering(ItemFinder& finder, CataloguePointer catalogue, Facts facts) : finder_(finder), catalogue_(std::move(catalogue)), facts_(std::move(facts)) {}

  Task<Facts> run() {
    switch (facts_.asked.intention.intent) {
      case Intent::details: co_return std::move(facts_);
      case Intent::values: co_await values(); break;
      case Intent::most:
      case Intent::fewest:
      case Intent::cheapest_of:
      case Intent::dearest_of: co_await compare(); break;
      case Intent::cheapest: co_await at_the_edge(false); break;
      case Intent::dearest: co_await at_the_edge(true); break;
      case Intent::next: co_await next(); break;
      case Intent::first: co_await by_day(false); break;
      case Intent::last: co_await by_day(true); break;
      case Intent::count: co_await count(); break;
      case Intent::prices: co_await prices(); break;
      case Intent::average: co_await average(); break;
      case Intent::open: co_await everything(); break;
      default: co_await events(); break;
    }
    co_return std::move(facts_);
  }

 private:
  const Filter& filter() const { return facts_.asked.understanding.filter; }

  void forget_price_words() {
    auto& filter = facts_.asked.understanding.filter;
    filter = without_price_words(std::move(filter), facts_.asked.understanding.traces);
  }

  Task<Found> find(Filter wanted) { return finder_.find(catalogue_, std::move(wanted)); }

  Task<> count() {
    auto wanted = sorted(all_of(filter()), SortBy::relevance, false, 1);
    const auto found = co_await find(std::move(wanted));
    take_figures(found, facts_);
  }

  Task<> values() {
    co_await found_values();
    if (!wants_everything(filter())) co_return;
    if (const auto* facet = catalogue_->facet(facts_.asked.intention.facet)) facts_.values = facet->values;
  }

  Task<> found_values() {
    auto wanted = sorted(all_of(filter()), SortBy::relevance, false, 1);
    const auto found = co_await find(std::move(wanted));
    take_figures(found, facts_);
    for (const auto& counts : found.facets)
      if (counts.field == facts_.asked.intention.facet)
        for (const auto& value : counts.values)
          if (value.count > 0) facts_.values.push_back(value);
  }

  // Of the values that are asked for by name, or of all.
  Task<> compare() {
    forget_price_words();
    const auto intent = facts_.asked.intention.intent;
    const auto wanted = wanted_values();
    co_await found_values();
    if (wanted.size() > 1) facts_.values = only(facts_.values, wanted);
    if (is_ranked_by_price(intent)) std::erase_if(facts_.values, [](const FacetValue& value) { return !value.price_mean; });
    std::stable_sort(facts_.values.begin(), facts_.values.end(), [intent](const FacetValue& a, const FacetValue& b) { return comes_first(intent, a, b); });
  }

  std::vector<std::string> wanted_values() const {
    const auto found = filter().facets.find(facts_.asked.intention.facet);
    return found == filter().facets.end() ? std::vector<std::string>() : found->second;
  }

  Task<> average() {
    forget_price_words();
    co_await count();
  }

  Task<> at_the_edge(bool dearest) {
    forget_price_words();
    auto wanted = sorted(all_of(filter()), SortBy::price, dearest, 1);
    const auto all = co_await find(std::move(wanted));
    take_figures(all, facts_);
    const auto price = dearest ? facts_.price_max : facts_.price_min;
    if (!price) co_return;
    auto equal = sorted(all_of(filter()), SortBy::date, false, shown_limit(facts_.asked.intention));
    equal.price_min = equal.price_max = *price;
    auto found = co_await find(std::move(equal));
    facts_.of_these = found.total;
    facts_.items = std::move(found.items);
    if (facts_.asked.intention.limit > facts_.of_these) co_await fill_by_price(dearest);
  }

  // "los 5 más baratos": more of them than have the lowest price.
  Task<> fill_by_price(bool dearest) {
    auto wanted = sorted(all_of(filter()), SortBy::price, dearest, facts_.asked.intention.limit);
    auto found = co_await find(std::move(wanted));
    facts_.items = std::move(found.items);
  }

  Task<> prices() {
    forget_price_words();
    auto wanted = sorted(all_of(filter()), SortBy::price, false, shown_limit(facts_.asked.intention));
    auto found = co_await find(std::move(wanted));
    take_figures(found, facts_);
    facts_.items = std::move(found.items);
  }

  Task<> next() {
    forget_today(facts_.asked.understanding.filter);
    auto all = sorted(all_of(filter()), SortBy::date, true, 1);
    auto found = co_await find(std::move(all));
    take_figures(found, facts_);
    auto coming = sorted(from_day(all_of(filter()), facts_.today), SortBy::date, false, std::max<std::int64_t>(facts_.asked.intention.limit, 1));
    auto upcoming = co_await find(std::move(coming));
    facts_.of_these = upcoming.total;
    facts_.is_from_today = upcoming.total > 0;
    facts_.items = std::move(facts_.is_from_today ? upcoming.items : found.items);
  }

  // Words that name nothing here are no part of the answer: nobody looks for them.
  Task<> everything() {
    facts_.asked.understanding.filter = {};
    facts_.asked.understanding.not_understood.clear();
    co_await events();
  }

  Task<> by_day(bool last) {
    auto wanted = sorted(all_of(filter()), SortBy::date, last, std::max<std::int64_t>(facts_.asked.intention.limit, 1));
    auto found = co_await find(std::move(wanted));
    take_figures(found, facts_);
    facts_.items = std::move(found.items);
  }

  // "próximo" says "from today on" already: said twice it would hide what was there last.
  void forget_today(Filter& filter) const {
    if (filter.days && filter.days->from == facts_.today && filter.days->until.empty()) filter.days.reset();
  }

  // Those that are still to come, if some are and no days were named; else from the beginning.
  Task<> events() {
    auto wanted = filter();
    wanted.limit = shown_limit(facts_.asked.intention);
    const bool names_days = wanted.days.has_value();
    const bool is_sorted = wanted.sort == SortBy::price || wanted.sort == SortBy::title;
    if (wanted.sort == SortBy::relevance && wanted.text.empty()) wanted.sort = SortBy::date;
    auto found = co_await find(wanted);
    take_figures(found, facts_);
    facts_.of_these = found.total;
    facts_.items = std::move(found.items);
    if (names_days || is_sorted || facts_.last_day < facts_.today || facts_.first_day >= facts_.today) co_return;
    auto coming = from_day(wanted, facts_.today);
    auto upcoming = co_await find(std::move(coming));
    if (upcoming.total == 0) co_return;
    facts_.of_these = upcoming.total;
    facts_.items = std::move(upcoming.items);
    facts_.is_from_today = true;
  }

  ItemFinder& finder_;
  CataloguePointer catalogue_;
  Facts facts_;
};

const json::value* value_of(const Catalogue& catalogue, const Item& item, FieldKind kind) {
  const auto* field = catalogue.field_of(kind);
  return field ? find_member(item.fields, field->name) : nullptr;
}

bool lies_in(const std::string& moment, const DayRange& days) {
  const auto day = moment.substr(0, 10);
  return (days.from.empty() || day >= days.from) && (days.until.empty() || day <= days.until);
}

// Of several dates of one title, those of the days that are asked for.
void keep_wanted_days(const Catalogue& catalogue, const Filter& filter, std::vector<Item>& items) {
  if (!filter.days) return;
  std::vector<Item> wanted;
  for (const auto& item : items)
    if (lies_in(day_of(catalogue, item), *filter.days)) wanted.push_back(item);
  if (!wanted.empty()) items = std::move(wanted);
}

bool may_name_an_item(Intent intent) { return !is_small_talk(intent) && intent != Intent::purchase && !is_of_values(intent); }

}  // namespace

std::int64_t shown_limit(const Intention& intention) { return intention.limit > 0 ? intention.limit : kItemsShown; }

Task<std::vector<Item>> titled_in(ItemFinder& finder, CataloguePointer catalogue, std::string question) {
  std::vector<Item> named;
  const auto words = folded_words(question);
  if (words.size() < kTitleWordsMin) co_return named;
  Filter filter;
  filter.text = question.substr(0, complete_utf8_length(std::string_view(question).substr(0, kFilterTextMax)));
  filter.limit = kTitlesLookedAt;
  const auto found = co_await finder.find(catalogue, std::move(filter));
  std::size_t longest = kTitleWordsMin;
  for (const auto& item : found.items) {
    const auto title = folded_words(title_of(*catalogue, item));
    if (title.size() < longest || !position_of(words, title)) continue;
    if (title.size() > longest) named.clear();
    longest = title.size();
    named.push_back(item);
  }
  std::sort(named.begin(), named.end(), [&](const Item& a, const Item& b) { return day_of(*catalogue, a) < day_of(*catalogue, b); });
  if (named.size() > std::size_t(kItemsShown)) named.resize(std::size_t(kItemsShown));
  co_return named;
}

std::string without_titles(const Catalogue& catalogue, const std::string& question, const std::vector<Item>& items) {
  auto words = folded_words(question);
  for (const auto& item : items) {
    const auto title = folded_words(title_of(catalogue, item));
    if (const auto at = position_of(words, title)) words.erase(words.begin() + std::ptrdiff_t(*at), words.begin() + std::ptrdiff_t(*at + title.size()));
  }
  return join(words, " ");
}

Task<Facts> gather(ItemFinder& finder, CataloguePointer catalogue, Asked asked, std::string today) {
  Facts facts;
  facts.today = std::move(today);
  if (!asked.pointed_at.empty()) {
    if (asked.pointed_at.size() > std::size_t(kItemsShown)) asked.pointed_at.resize(std::size_t(kItemsShown));
    facts.items = co_await finder.items(catalogue, asked.pointed_at);
  }
  if (facts.items.empty() && may_name_an_item(asked.intention.intent)) {
    facts.items = co_await titled_in(finder, catalogue, asked.question);
    keep_wanted_days(*catalogue, asked.understanding.filter, facts.items);
  }
  facts.asked = std::move(asked);
  if (!facts.items.empty()) {
    facts.asked.intention.intent = Intent::details;
    facts.asked.understanding.not_understood.clear();
    facts.total = facts.of_these = std::int64_t(facts.items.size());
  }
  Gathering gathering(finder, std::move(catalogue), std::move(facts));
  co_return co_await gathering.run();
}

std::string title_of(const Catalogue& catalogue, const Item& item) {
  const auto* value = value_of(catalogue, item, FieldKind::title);
  return value && value->is_string() ? std::string(value->get_string()) : item.key;
}

std::string day_of(const Catalogue& catalogue, const Item& item) {
  const auto* value = value_of(catalogue, item, FieldKind::date);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

std::optional<double> price_of(const Catalogue& catalogue, const Item& item) {
  const auto* value = value_of(catalogue, item, FieldKind::price);
  if (!value || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

}  // namespace fragua::catalogue::assistant
