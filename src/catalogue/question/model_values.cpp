#include "catalogue/question/model_values.h"

#include <algorithm>

#include "base/strings.h"
#include "catalogue/question/search_answer.h"

namespace fragua::catalogue {

namespace {

json::object one_of(json::array values) {
  values.push_back(nullptr);
  json::object choice;
  choice["enum"] = std::move(values);
  return choice;
}

json::object object_schema(json::object properties) {
  json::array required;
  for (const auto& [key, value] : properties) required.push_back(json::value(key));
  json::object schema;
  schema["type"] = "object";
  schema["properties"] = std::move(properties);
  schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  return schema;
}

std::string words_of_near(const QuestionReading& reading, const std::vector<NearValue>& near) {
  std::vector<std::string> words;
  for (const auto& one : near) {
    auto word = reading.question.text_of(one.span);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
  }
  return join(words, ", ");
}

}  // namespace

ModelQuestion ask_which(const FacetIndex& index, const QuestionReading& reading, const std::vector<NearValue>& near) {
  const auto& catalogue = index.catalogue();
  json::object properties;
  for (const auto& one : near) {
    const auto& facet = catalogue.facets[one.facet];
    auto& choice = properties.emplace(facet.field, one_of({})).first->value().as_object();
    auto& values = choice["enum"].as_array();
    values.insert(values.begin(), json::value(facet.values[one.value].value));
  }
  ModelQuestion asked;
  asked.instructions = "A visitor asked a shop a question with badly spelled words. For each field say which of its values a misspelled word means. "
                       "If the word is the name of something else, say null.";
  asked.question = "Question: " + reading.question.text_of({0, reading.question.size()}) + "\nUnknown words: " + words_of_near(reading, near);
  asked.schema = object_schema(std::move(properties));
  return asked;
}

void take_answer(const FacetIndex& index, const json::object& answer, const std::vector<NearValue>& near, QuestionReading& reading) {
  for (const auto& one : near) {
    const auto& facet = index.catalogue().facets[one.facet];
    if (string_member(answer, facet.field) != facet.values[one.value].value) continue;
    Mention mention{.span = one.span, .meaning = {one.facet, {one.value}, Level::whole}, .is_of_model = true};
    reading.mentions.push_back(std::move(mention));
    std::vector<Span> rest;
    for (const auto& left : reading.leftovers) {
      if (left.first < one.span.first && left.last > one.span.first) rest.push_back({left.first, one.span.first});
      if (left.first <= one.span.first && left.last > one.span.last) rest.push_back({one.span.last, left.last});
      if (left.last <= one.span.first || left.first >= one.span.last) rest.push_back(left);
    }
    reading.leftovers = std::move(rest);
  }
}

ModelQuestion ask_all(const Catalogue& catalogue, std::string_view question) {
  json::object properties;
  for (const auto* facet : answered_facets(catalogue)) {
    json::array values;
    for (const auto& value : facet->values) values.push_back(json::value(value.value));
    properties[facet->field] = one_of(std::move(values));
  }
  properties["date"] = one_of({"current_month", "next_month"});
  json::object price;
  price["type"] = {"number", "null"};
  properties["price_max"] = std::move(price);
  ModelQuestion asked;
  asked.instructions = "You turn a visitor's question into search filters. Use only what the question says; what it does not say is null. date: current_month for "
                       "\"este mes\", next_month for \"el mes que viene\". price_max: the highest price asked for";
  if (catalogue.search.cheap_price > 0) asked.instructions += "; \"barato\" means " + std::to_string(int(catalogue.search.cheap_price));
  asked.instructions += ".";
  asked.question = std::string(question.substr(0, complete_utf8_length(question.substr(0, kQuestionMaxBytes))));
  asked.schema = object_schema(std::move(properties));
  return asked;
}

Understanding understand_all(const Catalogue& catalogue, const json::object& answer, Day today) {
  Understanding result;
  result.asked_model = true;
  result.language = "es";
  const auto trace = [&](std::string part, std::string value) { result.traces.push_back({std::move(part), std::move(value), "", "model"}); };
  for (const auto* facet : answered_facets(catalogue)) {
    const auto value = string_member(answer, facet->field);
    const auto is_it = [&](const FacetValue& known) { return known.value == value; };
    if (std::none_of(facet->values.begin(), facet->values.end(), is_it)) continue;
    result.filter.facets[facet->field] = {value};
    trace(facet->field, value);
  }
  const auto period = string_member(answer, "date");
  if (period == "current_month" || period == "next_month") {
    const auto first = month_after(today, period == "next_month" ? 1 : 0);
    result.filter.period = period;
    result.filter.days = DayRange{text_of(first), text_of(last_of_month(first))};
    trace("days", period);
  }
  const auto* price = find_member(answer, "price_max");
  if (price && price->is_number() && price->to_number<double>() >= 0) {
    result.filter.price_max = price->to_number<double>();
    trace("price_max", to_json(*price));
  }
  return result;
}

}  // namespace fragua::catalogue
