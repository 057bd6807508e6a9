// Building a Catalogue from its mapping and the figures of its items. Callers: catalogue/import_service. Threads: pure.
// Error(invalid_argument): a facet with more values than people could choose from.
#pragma once
#include "catalogue/import_report.h"
#include "catalogue/mapping.h"
#include "catalogue/write_repository.h"

namespace fragua::catalogue {

constexpr std::size_t kFacetValuesMax = 5000;

// Without name, number, version and time.
Catalogue build_catalogue(const Mapping& mapping, Figures figures);
std::vector<FacetSummary> summaries_of(const Catalogue& catalogue);
// What facets gained and lost. `before`: nothing for a first import.
void compare_values(const Catalogue* before, const Catalogue& after, Changes& changes);
// Other names that belong to no value of the data: a warning each.
std::vector<std::string> names_of_nothing(const Mapping& mapping, const Catalogue& catalogue);

}  // namespace fragua::catalogue
