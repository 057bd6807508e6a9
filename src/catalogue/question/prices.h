// Prices: what a question says about money: "por menos de 30", "entre 20 y 40 euros", "hasta veinte", "barato", "gratis"; and how results are to
// be sorted: "el más barato", "los próximos". Callers: question_reading. Threads: pure.
// A number counts as a price by its currency, or by the words around it; "2 entradas" is none.
#pragma once
#include "catalogue/filter.h"
#include "catalogue/question/question.h"

namespace fragua::catalogue {

struct AskedPrice {
  std::optional<double> min, max;
  std::vector<Span> spans;
};

// Takes the words of what it finds. `cheap`: what "barato" means; 0: nothing.
AskedPrice find_prices(Question& question, double cheap);

struct AskedOrder {
  SortBy by = SortBy::relevance;
  bool descending = false;
  bool is_upcoming = false;      // from today on
  Span span;
};

// Takes the words of what it finds.
std::optional<AskedOrder> find_order(Question& question);

}  // namespace fragua::catalogue
