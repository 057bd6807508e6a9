#include "catalogue/question/search_answer.h"

#include <algorithm>
#include <charconv>

#include "base/strings.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kAnswered = 2;

json::value first_value(const Understanding& understanding, const std::string& field) {
  const auto wanted = understanding.filter.facets.find(field);
  if (wanted == understanding.filter.facets.end() || wanted->second.empty()) return nullptr;
  const auto is_family = [&](const Trace& trace) { return trace.part == field && trace.how == "family"; };
  if (wanted->second.size() > 1 && std::any_of(understanding.traces.begin(), understanding.traces.end(), is_family)) return nullptr;
  return json::value(wanted->second.front());
}

std::string amount(const std::optional<double>& price) {
  if (!price) return "null";
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, *price, std::chars_format::fixed).ptr;
  return std::string(text, end);
}

}  // namespace

std::vector<const Facet*> answered_facets(const Catalogue& catalogue) {
  const auto* genre = catalogue.facet("genre");
  const auto* city = catalogue.facet("city");
  if (genre && city) return {genre, city};
  std::vector<const Facet*> facets;
  for (const auto& facet : catalogue.facets)
    if (facets.size() < kAnswered) facets.push_back(&facet);
  return facets;
}

std::string search_answer(const Catalogue& catalogue, const Understanding& understanding) {
  std::vector<std::string> members;
  const auto add = [&](std::string_view key, const std::string& value) { members.push_back(to_json(json::value(key)) + ": " + value); };
  for (const auto* facet : answered_facets(catalogue)) add(facet->field, to_json(first_value(understanding, facet->field)));
  add("date", understanding.filter.period.empty() ? "null" : to_json(json::value(understanding.filter.period)));
  add("price_max", amount(understanding.filter.price_max));
  return "{" + join(members, ", ") + "}";
}

}  // namespace fragua::catalogue
