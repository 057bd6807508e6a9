#include "catalogue/assistant/evidence.h"

#include "base/strings.h"
#include "catalogue/assistant/description.h"

namespace fragua::catalogue::assistant {

namespace {

std::string folded(std::string_view text) { return join(folded_words(text), " "); }

void add_words(std::set<std::string>& words, std::string_view text) {
  for (auto& word : folded_words(text)) words.insert(std::move(word));
}

void add_day(std::vector<DayParts>& days, std::string_view text) {
  if (const auto day = day_parts(text)) days.push_back(*day);
}

void add_text(const Field& field, const std::string& text, ItemEvidence& item) {
  add_words(item.words, text);
  if (field.kind == FieldKind::facet) item.values.insert(folded(text));
  if (field.kind != FieldKind::date) return;
  add_day(item.days, text);
  if (auto time = time_of(text); !time.empty()) item.times.push_back(std::move(time));
}

ItemEvidence evidence_of(const Catalogue& catalogue, const Item& item) {
  ItemEvidence evidence;
  evidence.key = item.key;
  evidence.title = folded_words(title_of(catalogue, item));
  for (const auto& field : catalogue.fields) {
    const auto* value = find_member(item.fields, field.name);
    if (!value) continue;
    if (value->is_string()) add_text(field, std::string(value->get_string()), evidence);
    else if (value->is_number()) (is_price(field) ? evidence.prices : evidence.numbers).push_back(value->to_number<double>());
  }
  return evidence;
}

void add_filter(const Filter& filter, Evidence& evidence) {
  for (const auto& [field, values] : filter.facets)
    for (const auto& value : values) {
      evidence.asked_values.insert(folded(value));
      add_words(evidence.words, value);
    }
  evidence.values.insert(evidence.asked_values.begin(), evidence.asked_values.end());
  if (filter.price_min) evidence.prices.push_back(*filter.price_min);
  if (filter.price_max) evidence.prices.push_back(*filter.price_max);
  if (!filter.days) return;
  add_day(evidence.days, filter.days->from);
  add_day(evidence.days, filter.days->until);
}

void add_counts(const Facts& facts, Evidence& evidence) {
  evidence.total = double(facts.total);
  evidence.counts.push_back({double(facts.total), evidence.asked_values});
  evidence.counts.push_back({double(facts.of_these), evidence.asked_values});
  evidence.counts.push_back({double(facts.items.size()), evidence.asked_values});
  for (const auto& value : facts.values) {
    auto values = evidence.asked_values;
    values.insert(folded(value.value));
    evidence.counts.push_back({double(value.count), std::move(values)});
    evidence.values.insert(folded(value.value));
    add_words(evidence.words, value.value);
  }
}

// A question without a filter is answered from the catalogue's summary too.
void add_summary(const Catalogue& catalogue, Evidence& evidence) {
  evidence.counts.push_back({double(catalogue.items), {}});
  for (const auto& facet : catalogue.facets) {
    for (const auto& value : facet.values) {
      evidence.counts.push_back({double(value.count), {folded(value.value)}});
      evidence.values.insert(folded(value.value));
      add_words(evidence.words, value.value);
    }
  }
}

void add_known_values(const Catalogue& catalogue, Evidence& evidence) {
  for (const auto& facet : catalogue.facets)
    for (const auto& value : facet.values) {
      KnownValue known{facet.field, folded(value.value), {folded_words(value.value)}};
      for (const auto& name : value.names) known.names.push_back(folded_words(name));
      evidence.known_values.push_back(std::move(known));
    }
}

void add_noun(const Noun& noun, FoldedWords& words) {
  for (const auto& form : {noun.one, noun.many})
    for (auto& word : folded_words(form)) words.push_back(std::move(word));
}

// How many values a facet has: of all, or of what was asked.
void add_facets(const Catalogue& catalogue, const Facts& facts, Evidence& evidence) {
  const auto& intention = facts.asked.intention;
  for (const auto& facet : catalogue.facets) {
    FacetEvidence known;
    for (std::size_t i = 0; i < kTongues; ++i) add_noun(facet_noun(catalogue, facet.field, Tongue(i)), known.nouns);
    if (intention.intent == Intent::values && intention.facet == facet.field) known.counts.push_back(double(facts.values.size()));
    if (wants_everything(facts.asked.understanding.filter)) known.counts.push_back(double(facet.values.size()));
    for (const auto& noun : known.nouns) evidence.words.insert(noun);
    evidence.facets.push_back(std::move(known));
  }
}

void add_nouns(const Catalogue& catalogue, Evidence& evidence) {
  for (std::size_t i = 0; i < kTongues; ++i) add_noun(thing_of(catalogue, Tongue(i)), evidence.things);
  for (const auto& field : catalogue.fields) add_words(evidence.words, field.label.empty() ? field.name : field.label);
  for (const auto* other : {"evento", "eventos", "event", "events", "show", "shows", "gigs"}) evidence.things.emplace_back(other);
}

}  // namespace

Evidence evidence_of(const Catalogue& catalogue, const Facts& facts) {
  Evidence evidence;
  const auto& understanding = facts.asked.understanding;
  for (const auto& item : facts.items) evidence.items.push_back(evidence_of(catalogue, item));
  add_filter(understanding.filter, evidence);
  add_counts(facts, evidence);
  if (wants_everything(understanding.filter)) add_summary(catalogue, evidence);
  add_known_values(catalogue, evidence);
  add_nouns(catalogue, evidence);
  add_facets(catalogue, facts, evidence);
  for (const auto& word : understanding.not_understood) evidence.unknown.push_back(folded_words(word));
  add_words(evidence.words, catalogue.title);
  if (facts.price_min) evidence.prices.push_back(*facts.price_min);
  if (facts.price_max) evidence.prices.push_back(*facts.price_max);
  add_day(evidence.days, facts.first_day);
  add_day(evidence.days, facts.last_day);
  evidence.today = facts.today;
  return evidence;
}

}  // namespace fragua::catalogue::assistant
