#include "catalogue/mapping.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

std::string with(const std::string& from, const std::string& to) {
  auto text = kSmallMapping;
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string problem(const std::string& toml) {
  return complaint_of([&] { parse_mapping(toml); });
}

}  // namespace

TEST_CASE("mapping: what the file says is what is taken") {
  const auto mapping = parse_mapping(kSmallMapping + "[repair]\n\"M??laga\" = \"Málaga\"\n[search]\nmodel = \"search-nlp\"\ncheap_price = 30\n[assistant]\nmodel = \"helper\"\ncollection = \"faq\"\n");
  CHECK(mapping.title == "Conciertos");
  CHECK(mapping.words.many == "conciertos");
  CHECK(mapping.source.tables.at("Event").size() == 5);
  REQUIRE(mapping.fields.size() == 5);
  CHECK(mapping.fields[2].field.kind == FieldKind::facet);
  CHECK(mapping.fields[2].field.label == "ciudad");
  CHECK(mapping.fields[2].names.at("London") == std::vector<std::string>{"Londres"});
  CHECK(mapping.fields[3].field.label == "day");
  CHECK(mapping.repair.at("M??laga") == "Málaga");
  CHECK(mapping.search.model == "search-nlp");
  CHECK(mapping.cheap_price == 30);
  CHECK(mapping.collection == "faq");
}

TEST_CASE("mapping: a mistake is told with its place and what would be right") {
  const auto misspelt = problem(with("currency", "curency"));
  CHECK_MESSAGE(has(misspelt, "line 3, column 1"), misspelt);
  CHECK_MESSAGE(has(misspelt, "\"curency\" is not known here; known are"), misspelt);
  CHECK(has(problem(with("kind = \"facet\"", "kind = \"fact\"")), "must be key, title, text, facet, date, price, number or shown, not \"fact\""));
  CHECK(has(problem(with("Europe/Madrid", "Europe/Nowhere")), "\"time_zone\" must be one such as Europe/Madrid"));
  CHECK(has(problem(with("\"EUR\"", "\"euro\"")), "\"currency\" must be a code such as EUR"));
  CHECK(has(problem(with("\"EUR\"", "7")), "\"currency\" must be a text"));
  CHECK(has(problem(with("SELECT id", "DELETE id")), "must be one SELECT"));
  CHECK(has(problem(with("kind = \"key\"", "kind = \"text\"")), "exactly one field of the kind key, not 0"));
  CHECK(has(problem(with("kind = \"date\"", "kind = \"price\"")), "one field of the kind price"));
  CHECK(has(problem(with("name = \"day\"", "name = \"city\"")), "the field \"city\" is there twice"));
  CHECK(has(problem(with("name = \"day\"", "name = \"Day\"")), "small letters"));
  CHECK(has(problem(with("kind = \"date\"", "kind = \"date\"\nletter_case = \"lower\"")), "are for facets"));
  CHECK(has(problem(with("London = [\"Londres\"]", "London = [\"Londres\"], Paris = [\"Londres\"]")), "\"Londres\" is another name of both \"London\" and \"Paris\""));
  CHECK(has(problem("title = \"x\"\n"), "there must be a [source]"));
  CHECK(has(problem("title = \n"), "line 1"));
}

TEST_CASE("mapping: only a live database tells of changes, on a channel with a name that fits") {
  CHECK(has(problem(with("[source]", "[source]\nnotify = \"shop\"")), "needs a \"connection\""));
  CHECK(has(problem(with("[source]", "[source]\nconnection = \"shop\"\nnotify = \"" + std::string(64, 'x') + "\"")), "63 bytes"));
  CHECK(parse_mapping(with("[source]", "[source]\nconnection = \"shop\"\nnotify = \"changed\"")).source.notify == "changed");
}

TEST_CASE("mapping: refreshing needs a live database and leaves it a minute") {
  CHECK(has(problem(with("[source]", "[source]\nrefresh = \"1h\"")), "needs a \"connection\""));
  CHECK(has(problem(with("[source]", "[source]\nconnection = \"shop\"\nrefresh = \"5s\"")), "a minute or more"));
  CHECK(parse_mapping(with("[source]", "[source]\nconnection = \"shop\"\nrefresh = \"1h\"")).source.refresh == std::chrono::hours(1));
}
