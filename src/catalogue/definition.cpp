#include "catalogue/definition.h"

namespace fragua::catalogue {

namespace {

constexpr std::pair<FieldKind, std::string_view> kNames[] = {
    {FieldKind::key, "key"},   {FieldKind::title, "title"}, {FieldKind::text, "text"},     {FieldKind::facet, "facet"},
    {FieldKind::date, "date"}, {FieldKind::price, "price"}, {FieldKind::number, "number"}, {FieldKind::shown, "shown"}};

}  // namespace

std::string_view name_of(FieldKind kind) {
  for (const auto& [known, name] : kNames)
    if (known == kind) return name;
  return "shown";
}

std::optional<FieldKind> kind_named(std::string_view name) {
  for (const auto& [kind, known] : kNames)
    if (known == name) return kind;
  return std::nullopt;
}

}  // namespace fragua::catalogue
