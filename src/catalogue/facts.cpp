#include "catalogue/facts.h"

#include <fmt/format.h>

namespace fragua::catalogue {

namespace {

constexpr std::size_t kValuesTold = 60;   // of a facet; a prompt has little room

}  // namespace

std::string values_text(const Facet& facet, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < facet.values.size() && i < most; ++i)
    text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", facet.values[i].value, facet.values[i].count);
  if (facet.values.size() > most) text += ", …";
  return text;
}

std::string facts_of(const Catalogue& catalogue) {
  auto text = fmt::format("{}: {} {}", catalogue.title, catalogue.items, catalogue.items == 1 ? catalogue.words.one : catalogue.words.many);
  if (!catalogue.first_day.empty()) text += fmt::format(", {} – {}", catalogue.first_day, catalogue.last_day);
  if (catalogue.price_min) text += fmt::format(", {:g} – {:g} {}", *catalogue.price_min, *catalogue.price_max, catalogue.currency);
  text += ".\n";
  for (const auto& facet : catalogue.facets) text += fmt::format("{} ({}): {}\n", facet.label, facet.values.size(), values_text(facet, kValuesTold));
  return text;
}

}  // namespace fragua::catalogue
