#include "catalogue/catalogue.h"

namespace fragua::catalogue {

const Facet* Catalogue::facet(std::string_view field) const {
  for (const auto& facet : facets)
    if (facet.field == field) return &facet;
  return nullptr;
}

const Field* Catalogue::field_of(FieldKind kind) const {
  for (const auto& field : fields)
    if (field.kind == kind) return &field;
  return nullptr;
}

}  // namespace fragua::catalogue
