#include "catalogue/toml_table.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

TEST_CASE("toml table: values are taken by their type, and what nobody took is a mistake") {
  const auto file = parse_toml("a = \"x\"\nb = 2\nlist = [\"p\", \"q\"]\nextra = true\n[pairs]\none = \"1\"\n");
  TomlTable table(file, "");
  CHECK(table.text("a") == "x");
  CHECK(table.text("missing", "fallback") == "fallback");
  CHECK(table.number("b", 0) == 2);
  CHECK(table.texts("list") == std::vector<std::string>{"p", "q"});
  CHECK(table.pairs("pairs").at("one") == "1");
  const auto left = complaint_of([&] { table.finish(); });
  CHECK_MESSAGE(has(left, "line 4, column 1: \"extra\" is not known here"), left);
  CHECK(has(complaint_of([&] { table.text("b"); }), "line 2, column 5: \"b\" must be a text"));
  CHECK(has(complaint_of([&] { table.texts("a"); }), "must be a list of texts"));
  CHECK(has(complaint_of([&] { table.required_text("none"); }), "\"none\" must be there"));
}

TEST_CASE("toml table: inner tables are named whole in errors") {
  const auto file = parse_toml("[search]\nmodel = 7\n");
  TomlTable table(file, "");
  TomlTable inner(*table.table("search"), "search");
  CHECK(has(complaint_of([&] { inner.text("model"); }), "\"search.model\" must be a text"));
  CHECK(has(complaint_of([&] { table.tables("search"); }), "must be tables: [[search]]"));
}
