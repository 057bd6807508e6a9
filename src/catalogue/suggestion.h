// Suggestion: a first catalogue.toml for a source, from its keys and values: the table of things with a title and the most references, what
// it refers to, few values as facets, days, prices. Callers: catalogue/reader_host. Threads: pure.
// A start to be read and changed. Tables and columns of people are named and left out.
#pragma once
#include "catalogue/source_facts.h"

namespace fragua::catalogue {

// Error(invalid_argument): no table has things with a title.
std::string suggest_mapping(const SourceFacts& facts);

}  // namespace fragua::catalogue
