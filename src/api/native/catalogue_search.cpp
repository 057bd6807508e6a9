#include "api/native/catalogue_search.h"

#include <array>

#include "api/native/catalogue_json.h"
#include "catalogue/question/questions.h"
#include "catalogue/question/search_answer.h"
#include "catalogue/question/suggestions.h"

namespace fragua::api::native {

namespace {

constexpr std::size_t kSuggestions = 8;
constexpr std::int64_t kTitles = 5;
constexpr std::array<std::pair<std::string_view, catalogue::SortBy>, 4> kOrders = {
    {{"relevance", catalogue::SortBy::relevance}, {"date", catalogue::SortBy::date}, {"price", catalogue::SortBy::price}, {"title", catalogue::SortBy::title}}};

catalogue::SortBy order_named(const std::string& name) {
  for (const auto& [known, order] : kOrders)
    if (known == name) return order;
  throw Error(ErrorCode::invalid_argument, "\"sort\" must be relevance, date, price or title");
}

std::string name_of(catalogue::SortBy order) {
  for (const auto& [known, by] : kOrders)
    if (by == order) return std::string(known);
  return "";
}

json::array to_json(const catalogue::Catalogue& catalogue, const std::vector<catalogue::FacetCounts>& facets) {
  json::array list;
  for (const auto& facet : catalogue.facets) {
    json::array values;
    for (const auto& counts : facets)
      if (counts.field == facet.field)
        for (const auto& value : counts.values) {
          json::object one;
          one["value"] = value.value;
          one["count"] = value.count;
          values.push_back(std::move(one));
        }
    json::object one;
    one["field"] = facet.field;
    one["label"] = facet.label;
    one["values"] = std::move(values);
    list.push_back(std::move(one));
  }
  return list;
}

json::value or_null(const std::optional<double>& number) { return number ? json::value(*number) : json::value(nullptr); }

json::object answer_of(const catalogue::Catalogue& catalogue, const catalogue::Understanding& understanding, const catalogue::Found& found) {
  const auto& filter = understanding.filter;
  json::object answer;
  answer["filter"] = write_body(body_of(filter));
  answer["sort"] = name_of(filter.sort);
  answer["descending"] = filter.descending;
  answer["total"] = found.total;
  answer["items"] = native::to_json(found.items);
  answer["facets"] = to_json(catalogue, found.facets);
  answer["first_day"] = found.first_day;
  answer["last_day"] = found.last_day;
  answer["price_min"] = or_null(found.price_min);
  answer["price_max"] = or_null(found.price_max);
  answer["traces"] = native::to_json(understanding.traces);
  answer["not_understood"] = json::value_from(understanding.not_understood);
  answer["language"] = understanding.language;
  answer["asked_model"] = understanding.asked_model;
  return answer;
}

double milliseconds_since(const Call& call, SteadyTime begin) {
  return std::chrono::duration<double, std::milli>(call.services.clock.steady() - begin).count();
}

json::array to_json(const std::vector<catalogue::Suggestion>& suggestions) {
  json::array list;
  for (const auto& suggestion : suggestions) {
    json::object one;
    one["field"] = suggestion.field;
    one["label"] = suggestion.label;
    one["value"] = suggestion.value;
    one["count"] = suggestion.count;
    one["name"] = suggestion.name;
    one["query"] = suggestion.question;
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

FilterBody body_of(const catalogue::Filter& filter) {
  const auto days = filter.days.value_or(catalogue::DayRange{});
  return {filter.facets, filter.without, days.from, days.until, filter.period, filter.price_min, filter.price_max, filter.text};
}

void apply(const CatalogueSearchBody& body, catalogue::Filter& filter) {
  filter.limit = body.limit;
  filter.offset = body.offset;
  if (!body.sort.empty()) filter.sort = order_named(body.sort);
  if (body.descending) filter.descending = *body.descending;
  if (!body.filter) return;
  const auto& given = *body.filter;
  for (const auto& [field, values] : given.facets) filter.facets[field] = values;
  for (const auto& [field, values] : given.without) filter.without[field] = values;
  if (!given.from.empty() || !given.until.empty()) {
    filter.days = catalogue::DayRange{given.from, given.until};
    filter.period = given.period;
  }
  if (given.price_min) filter.price_min = given.price_min;
  if (given.price_max) filter.price_max = given.price_max;
  if (!given.text.empty()) filter.text = given.text;
}

Task<> search_catalogue(Call& call) {
  const auto begin = call.services.clock.steady();
  const auto catalogue = call.services.catalogues.require(call.parameter("name"));
  const auto body = co_await call.body_as<CatalogueSearchBody>(Unknown::refused);
  const auto mode = catalogue::mode_named(body.mode);
  catalogue::Understanding understanding;
  if (!body.query.empty()) {
    auto question = body.query;
    understanding = co_await call.services.questions.understand(catalogue, std::move(question), mode);
  }
  apply(body, understanding.filter);
  auto filter = understanding.filter;
  filter.today = catalogue::text_of(call.services.questions.today(*catalogue));
  const auto found = co_await call.services.catalogues.find(catalogue, std::move(filter));
  auto answer = answer_of(*catalogue, understanding, found);
  answer["took_ms"] = milliseconds_since(call, begin);
  co_await call.reply(std::move(answer));
}

Task<> suggest_catalogue(Call& call) {
  const auto begin = call.services.clock.steady();
  const auto catalogue = call.services.catalogues.require(call.parameter("name"));
  auto typed = call.query_text("q");
  const auto values = catalogue::suggest_values(*call.services.questions.index_of(catalogue), typed, kSuggestions);
  const auto items = co_await call.services.catalogues.titled(catalogue, std::move(typed), kTitles);
  json::object answer;
  answer["values"] = to_json(values);
  answer["items"] = native::to_json(items);
  answer["took_ms"] = milliseconds_since(call, begin);
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
