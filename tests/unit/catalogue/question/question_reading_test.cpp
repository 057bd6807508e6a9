#include "catalogue/question/question_reading.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "base/strings.h"
#include "unit/catalogue/concerts.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

const FacetIndex& concerts() {
  static const FacetIndex index(tests::concert_catalogue());
  return index;
}

// As asked on Monday, 10 November 2025; the texts know "orquesta" and "ritual".
Understanding understood(std::string_view text) {
  const auto today = *parse_day("2025-11-10");
  return finish(concerts(), read_question(concerts(), text, today), {"orquesta", "ritual"}, today);
}

std::string shown(std::string_view text) {
  const auto result = understood(text);
  const auto& filter = result.filter;
  std::string answer;
  const auto add = [&](const std::string& part) { answer += (answer.empty() ? "" : "; ") + part; };
  for (const auto& [field, values] : filter.facets) add(field + "=" + join(values, "|"));
  for (const auto& [field, values] : filter.without) add(field + "!=" + join(values, "|"));
  if (filter.days) add(filter.period.empty() ? filter.days->from + ".." + filter.days->until : filter.period);
  if (filter.price_max) add("<=" + std::to_string(int(*filter.price_max)));
  if (!filter.text.empty()) add("text=" + filter.text);
  if (!result.not_understood.empty()) add("?" + join(result.not_understood, "|"));
  return answer;
}

}  // namespace

TEST_CASE("question reading: a question becomes a filter, with a trace for every part") {
  CHECK(shown("thrash metal en Valencia este mes por menos de 30") == "city=Valencia; genre=thrash metal; current_month; <=30");
  const auto result = understood("thrash metal en Londres este mes por menos de 30");
  REQUIRE(result.traces.size() == 4);
  CHECK(result.traces[1].part == "city");
  CHECK(result.traces[1].value == "London");
  CHECK(result.traces[1].words == "Londres");
  CHECK(result.traces[1].how == "synonym");
  CHECK(result.language == "es");
}

TEST_CASE("question reading: a day that is denied is not the one that is asked for") {
  CHECK(shown("este mes no puedo, mírame el mes que viene") == "next_month; ?este mes");
  CHECK(shown("death metal hoy no, el mes que viene") == "genre=death metal; next_month; ?hoy");
}

TEST_CASE("question reading: where somebody lives is not where they want to go") {
  CHECK(shown("vivo en Madrid y busco punk en Londres") == "city=London; genre=punk rock");
  CHECK(shown("soy de Madrid") == "city=Madrid");
  CHECK(shown("no quiero ir a Madrid, mejor algo en Londres") == "city=London; city!=Madrid");
}

TEST_CASE("question reading: what is left of the month is this month") {
  CHECK(shown("lo que queda de mes") == "current_month");
  CHECK(shown("el mes que viene no estoy: solo lo de este mes") == "current_month; ?mes que viene");
}

TEST_CASE("question reading: days that are over are days too") {
  CHECK(shown("lo que hubo el mes pasado") == "2025-10-01..2025-10-31");
  CHECK(shown("la semana pasada") == "2025-11-03..2025-11-09");
  CHECK(shown("el año pasado") == "2024-01-01..2024-12-31");
}

TEST_CASE("question reading: a short name is not what it stands for beside another kind") {
  auto catalogue = tests::concert_catalogue();
  for (auto& value : catalogue.facets[0].values)
    if (value.value == "symphonic metal") value.names.push_back("sinfónico");
  const FacetIndex index(catalogue);
  const auto today = *parse_day("2025-11-10");
  const auto filter = [&](std::string_view text) { return finish(index, read_question(index, text, today), {}, today).filter; };
  CHECK(filter("sinfónico en Valencia").facets.at("genre") == std::vector<std::string>{"symphonic metal"});
  CHECK(filter("metal sinfónico").facets.at("genre") == std::vector<std::string>{"symphonic metal"});
  CHECK_FALSE(filter("rock sinfónico").facets.contains("genre"));
}

TEST_CASE("question reading: before a day to come means from today on") {
  CHECK(shown("antes del 20 de diciembre") == "2025-11-10..2025-12-19");
  CHECK(shown("antes del 1 de marzo de 2025") == "..2025-02-28");
}

TEST_CASE("question reading: what names nothing here is said, and never something else") {
  CHECK(shown("jazz en Tokio") == "?jazz|Tokio");
  CHECK(shown("Black Sabbath en Madrid") == "city=Madrid; ?Black Sabbath");
  CHECK(shown("Napalm Death") == "?Napalm Death");
  CHECK(shown("Metallica en Valencia") == "city=Valencia; ?Metallica");
  CHECK(shown("que no sea este mes") == "?este mes");
}

TEST_CASE("question reading: words of the texts are looked for, alone or all together") {
  CHECK(shown("algo con orquesta en Valencia") == "city=Valencia; text=orquesta");
  CHECK(shown("orquesta barroca") == "?orquesta barroca");
  CHECK(shown("death ritual") == "genre=death metal; text=ritual");
}

TEST_CASE("question reading: a word of the texts is not taken for a mistyped value") {
  const auto today = *parse_day("2025-11-10");
  const auto read = [&](std::vector<std::string> known) {
    auto reading = read_question(concerts(), "madrit", today);
    CHECK(words_left(reading).empty());
    CHECK(words_mistyped(reading) == std::vector<std::string>{"madrit"});
    return finish(concerts(), std::move(reading), known, today).filter;
  };
  CHECK(read({}).facets.at("city").front() == "Madrid");
  CHECK(read({"madrit"}).facets.empty());
  CHECK(read({"madrit"}).text == "madrit");
}

TEST_CASE("question reading: a catalogue without days and prices says that it has none") {
  auto catalogue = tests::concert_catalogue();
  std::erase_if(catalogue.fields, [](const Field& field) { return field.kind == FieldKind::date || field.kind == FieldKind::price; });
  const FacetIndex index(catalogue);
  const auto today = *parse_day("2025-11-10");
  const auto result = finish(index, read_question(index, "punk este mes por menos de 30", today), {}, today);
  CHECK_FALSE(result.filter.days);
  CHECK_FALSE(result.filter.price_max);
  CHECK(result.not_understood == std::vector<std::string>{"este mes", "menos de 30"});
  require_valid(catalogue, result.filter);
}

TEST_CASE("question reading: many words of one kind are a family, unless one of them is named") {
  auto catalogue = tests::concert_catalogue();
  catalogue.facets.pop_back();
  const FacetIndex index(catalogue);
  const auto today = *parse_day("2025-11-10");
  const auto values = [&](std::string_view text) { return finish(index, read_question(index, text, today), {}, today).filter.facets["genre"]; };
  CHECK(values("conciertos de metal").size() == 5);
  CHECK(values("metal, pero thrash") == std::vector<std::string>{"thrash metal"});
}
