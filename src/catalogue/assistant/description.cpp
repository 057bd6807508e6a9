#include "catalogue/assistant/description.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalogue/assistant/facts.h"
#include "catalogue/assistant/list_text.h"
#include "catalogue/assistant/phrasebook.h"
#include "catalogue/assistant/wording.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kShownBytesMax = 300;     // of one field of an item
constexpr std::size_t kLabelWordMin = 4;        // shorter words of a label say nothing
constexpr std::size_t kLabelStem = 5;
constexpr std::size_t kDayLength = 10;

template <class... Arguments>
std::string say(std::string_view phrase, Arguments&&... arguments) {
  return fmt::format(fmt::runtime(phrase), std::forward<Arguments>(arguments)...);
}

std::string values_text(const Catalogue& catalogue, const Filter& filter, Tongue tongue, bool places) {
  const auto& phrases = phrasebook(tongue);
  std::string text;
  for (const auto& [field, values] : filter.facets)
    if (is_place(catalogue, field) == places) text += say(places ? phrases.in_value : phrases.of_value, fmt::arg("value", listed_or(values, tongue)));
  for (const auto& [field, values] : filter.without)
    if (is_place(catalogue, field) == places) text += say(phrases.without_value, fmt::arg("value", listed_or(values, tongue)));
  return text;
}

std::string price_condition(const Catalogue& catalogue, const Filter& filter, Tongue tongue) {
  const auto& phrases = phrasebook(tongue);
  const auto price = [&](double value) { return price_text(value, catalogue.currency, tongue); };
  if (filter.price_min && filter.price_max) return say(phrases.between, fmt::arg("min", price(*filter.price_min)), fmt::arg("max", price(*filter.price_max)));
  if (filter.price_max) return say(phrases.below, fmt::arg("price", price(*filter.price_max)));
  if (filter.price_min) return say(phrases.above, fmt::arg("price", price(*filter.price_min)));
  return "";
}

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : days[month - 1];
}

bool is_whole_month(const DayParts& from, const DayParts& until) {
  return from.year == until.year && from.month == until.month && from.day == 1 && until.day == days_in(from.year, from.month);
}

std::string range_text(const DayRange& days, Tongue tongue) {
  const auto& phrases = phrasebook(tongue);
  const auto from = day_parts(days.from);
  const auto until = day_parts(days.until);
  if (from && until && is_whole_month(*from, *until))
    return say(phrases.in_month, fmt::arg("month", month_name(from->month, tongue)), fmt::arg("year", from->year));
  const auto from_text = day_text(days.from, tongue);
  const auto until_text = day_text(days.until, tongue);
  if (from && until && *from == *until) return say(phrases.on_day, fmt::arg("from", from_text));
  if (from && until) return say(phrases.from_until, fmt::arg("from", from_text), fmt::arg("until", until_text));
  if (from) return say(phrases.from_day, fmt::arg("from", from_text));
  if (until) return say(phrases.until_day, fmt::arg("until", until_text));
  return "";
}

std::string days_condition(const Filter& filter, Tongue tongue) {
  const auto& phrases = phrasebook(tongue);
  std::string text;
  if (filter.period == "current_month") text = phrases.this_month;
  else if (filter.period == "next_month") text = phrases.next_month;
  else return filter.days ? range_text(*filter.days, tongue) : "";
  const auto from = filter.days ? day_parts(filter.days->from) : std::nullopt;
  if (from) text += fmt::format(" ({} {})", month_name(from->month, tongue), from->year);
  return text;
}

std::string value_text(const json::value& value, Tongue tongue) {
  if (value.is_string()) {
    const auto text = trimmed(std::string_view(value.get_string()));
    return std::string(text.substr(0, complete_utf8_length(text.substr(0, kShownBytesMax))));
  }
  if (value.is_number()) return number_text(value.to_number<double>(), tongue);
  return "";
}

std::string moment_text(const std::string& moment, Tongue tongue, bool with_time) {
  auto text = day_text(moment.substr(0, 10), tongue);
  const auto time = time_of(moment);
  if (with_time && !time.empty()) text += " " + say(phrasebook(tongue).at_time, fmt::arg("time", time));
  return text;
}

// The day, the first facet, where it is, the price.
std::vector<std::string> short_parts(const Catalogue& catalogue, const Item& item, Tongue tongue) {
  std::vector<std::string> parts;
  if (const auto day = day_of(catalogue, item); !day.empty()) parts.push_back(moment_text(day, tongue, false));
  const auto is_kind = [](const Field& field) { return field.kind == FieldKind::facet && !is_place(field); };
  const auto first = std::find_if(catalogue.fields.begin(), catalogue.fields.end(), is_kind);
  for (auto at = catalogue.fields.begin(); at != catalogue.fields.end(); ++at) {
    const auto& field = *at;
    if (at != first && !is_local_place(field)) continue;
    const auto* value = find_member(item.fields, field.name);
    if (!value) continue;
    if (auto text = value_text(*value, tongue); !text.empty()) parts.push_back(std::move(text));
  }
  if (const auto price = price_of(catalogue, item)) parts.push_back(say(phrasebook(tongue).from_price, fmt::arg("price", price_text(*price, catalogue.currency, tongue))));
  return parts;
}

// "entradas disponibles" is asked for by "¿cuántas entradas quedan?", the prices of zones by "¿cuánto cuesta la VIP?".
bool is_asked_for(const Field& field, const json::value* value, const FoldedWords& question) {
  const auto list = value ? list_in(*value) : std::nullopt;
  if (list && names_priced(*list, question)) return true;
  for (const auto& word : folded_words(field.label)) {
    if (word.size() < kLabelWordMin) continue;
    const auto begins = [&](const std::string& asked) { return asked.size() >= kLabelWordMin && asked.substr(0, kLabelStem) == word.substr(0, kLabelStem); };
    if (std::any_of(question.begin(), question.end(), begins)) return true;
  }
  return false;
}

// Told only where it is asked for: everything that is just shown, and every text but the first.
bool is_extra(const Catalogue& catalogue, const Field& field) {
  return field.kind == FieldKind::shown || (field.kind == FieldKind::text && catalogue.field_of(FieldKind::text)->name != field.name);
}

std::string field_text(const Catalogue& catalogue, const Field& field, const json::value& value, Tongue tongue) {
  if (value.is_number() && is_price(field)) {
    auto price = price_text(value.to_number<double>(), catalogue.currency, tongue);
    const bool says_from = says(folded_words(field.label), "desde | from | des | a partir");
    return field.kind == FieldKind::price && !says_from ? say(phrasebook(tongue).from_price, fmt::arg("price", price)) : price;
  }
  if (const auto list = list_in(value)) return list_text(*list, catalogue.currency, tongue);
  auto text = value_text(value, tongue);
  if (day_parts(text) && text.size() > kDayLength) return moment_text(text, tongue, true);
  if (field.kind == FieldKind::text && !text.empty()) return "«" + text + "»";
  return text;
}

// "" where the item does not have it, and for what only programs read.
std::string field_sentence(const Catalogue& catalogue, const Field& field, const Item& item, Tongue tongue) {
  const auto* value = find_member(item.fields, field.name);
  if (!value) return "";
  const auto text = field_text(catalogue, field, *value, tongue);
  if (text.empty() || text.front() == '{') return "";
  const auto label = catalogue.facet(field.name) || is_place(field) ? facet_noun(catalogue, field.name, tongue).one : field.label.empty() ? field.name : field.label;
  return capitalised(label) + ": " + text + ".";
}

}  // namespace

bool is_price(const Field& field) {
  return field.kind == FieldKind::price || (field.kind == FieldKind::number && is_price_name(field.name + " " + field.label));
}

std::string filter_text(const Catalogue& catalogue, const Filter& filter, Tongue tongue) {
  std::string text = values_text(catalogue, filter, tongue, false);
  if (!filter.text.empty()) text += say(phrasebook(tongue).about, fmt::arg("text", filter.text));
  text += values_text(catalogue, filter, tongue, true);
  return text + days_condition(filter, tongue) + price_condition(catalogue, filter, tongue);
}

std::string item_text(const Catalogue& catalogue, const Item& item, Tongue tongue) {
  auto text = title_of(catalogue, item) + " [" + item.key + "]";
  for (const auto& part : short_parts(catalogue, item, tongue)) text += ", " + part;
  return text;
}

std::vector<std::string> item_details(const Catalogue& catalogue, const Item& item, const FoldedWords& question, Tongue tongue) {
  std::vector<std::string> sentences;
  auto head = title_of(catalogue, item) + " [" + item.key + "]";
  if (const auto day = day_of(catalogue, item); !day.empty()) head += ": " + moment_text(day, tongue, true);
  sentences.push_back(head + ".");
  const auto* date = catalogue.field_of(FieldKind::date);
  for (const auto& field : catalogue.fields) {
    const bool is_said = field.kind == FieldKind::key || field.kind == FieldKind::title || (date && date->name == field.name);
    if (is_said || (is_extra(catalogue, field) && !is_local_place(field) && !is_asked_for(field, find_member(item.fields, field.name), question))) continue;
    if (auto sentence = field_sentence(catalogue, field, item, tongue); !sentence.empty()) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

std::string asked_details(const Catalogue& catalogue, const Item& item, const FoldedWords& question, Tongue tongue) {
  std::vector<std::string> sentences;
  for (const auto& field : catalogue.fields) {
    if (!is_extra(catalogue, field) || !is_asked_for(field, find_member(item.fields, field.name), question)) continue;
    if (auto sentence = field_sentence(catalogue, field, item, tongue); !sentence.empty()) sentences.push_back(std::move(sentence));
  }
  return join(sentences, " ");
}

}  // namespace fragua::catalogue::assistant
