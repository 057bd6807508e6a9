// CatalogueSearch: the endpoints that look for items of a catalogue: by a question in plain words, by a filter, as one types; and their bodies.
// Callers: native/catalogue_routes. Threads: the loop's only. Unknown fields are refused; what a filter may say, catalogue/filter checks.
#pragma once
#include <map>
#include <optional>

#include "api/call.h"
#include "catalogue/filter.h"

namespace fragua::api::native {

// A filter as it is told and taken. What is left out is open.
struct FilterBody {
  std::map<std::string, std::vector<std::string>> facets;
  std::map<std::string, std::vector<std::string>> without;
  std::string from;
  std::string until;
  std::string period;
  std::optional<double> price_min;
  std::optional<double> price_max;
  std::string text;
};
template <class V>
void describe(V& field, FilterBody& body) {
  field.optional("facets", body.facets, "by field: any of these values");
  field.optional("without", body.without, "by field: none of these values");
  field.optional("from", body.from, "first day, YYYY-MM-DD");
  field.optional("until", body.until, "last day, YYYY-MM-DD");
  field.optional("period", body.period, "current_month or next_month: what the days were called");
  field.optional("price_min", body.price_min);
  field.optional("price_max", body.price_max);
  field.optional("text", body.text, "words of titles and texts");
}

struct CatalogueSearchBody {
  std::string query;
  std::optional<FilterBody> filter;
  std::int64_t limit = 20;
  std::int64_t offset = 0;
  std::string sort;
  std::optional<bool> descending;
  std::string mode;
};
template <class V>
void describe(V& field, CatalogueSearchBody& body) {
  field.optional("query", body.query, "a question in plain words");
  field.optional("filter", body.filter, "instead of a question, or in place of what it says of the same things");
  field.optional("limit", body.limit, "items of this page, 0 to 100; 20 when it is left out");
  field.optional("offset", body.offset);
  field.optional("sort", body.sort, "relevance, date, price or title; what the question says when it is left out");
  field.optional("descending", body.descending);
  field.optional("mode", body.mode, "combined, or to measure: rules, model");
}

FilterBody body_of(const catalogue::Filter& filter);
// What `body` says takes the place of what `filter` says of it. Error(invalid_argument): a word for the order that there is not.
void apply(const CatalogueSearchBody& body, catalogue::Filter& filter);

Task<> search_catalogue(Call& call);
Task<> suggest_catalogue(Call& call);

}  // namespace fragua::api::native
