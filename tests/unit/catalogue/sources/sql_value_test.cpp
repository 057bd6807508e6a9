#include "catalogue/sources/sql_value.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

SqlValue value_of(const std::string& text) {
  TextReader reader(bytes_of(text), "", nullptr);
  SqlLexer lexer(reader);
  auto value = read_value(lexer);
  CHECK(lexer.peek().kind == SqlKind::end);
  return value;
}

std::string error_of(const std::string& text) {
  return tests::error_of([&] { value_of(text); });
}

}  // namespace

TEST_CASE("sql value: constants, with and without casts") {
  struct Case {
    const char* text;
    const char* value;
  };
  const Case cases[] = {
      {"'x'", "x"},
      {"'x'::text", "x"},
      {"'x'::character varying(10)::text", "x"},
      {"'{a}'::text[]", "{a}"},
      {"'2025-01-18 10:26:13'::timestamp(3) without time zone", "2025-01-18 10:26:13"},
      {"'ACTIVE'::public.\"EventStatus\"", "ACTIVE"},
      {"16.00", "16.00"},
      {"-5::bigint", "-5"},
      {"+5", "5"},
      {"(-5)::numeric(10,2)", "-5"},
      {"((('deep')))", "deep"},
      {"NULL", "NULL"},
      {"NULL::text", "NULL"},
      {"DEFAULT", "NULL"},
      {"true", "true"},
      {"FALSE", "false"},
      {"timestamp without time zone '2025-01-18'", "2025-01-18"},
      {"CAST('7' AS integer)", "7"},
      {"$$it's$$", "it's"},
      {"ARRAY['a'::text, 'b\"c', NULL]::text[]", "{\"a\",\"b\\\"c\",NULL}"},
      {"ARRAY[]::text[]", "{}"},
      {"ARRAY[[1,2],[3,-4]]", "{{\"1\",\"2\"},{\"3\",\"-4\"}}"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto value = value_of(c.text);
    CHECK(value.cell.value_or("NULL") == c.value);
    CHECK(value.is_array == std::string_view(c.text).starts_with("ARRAY"));
  }
}

TEST_CASE("sql value: what would have to be computed is refused with its place") {
  CHECK(error_of("now()") == "line 1, column 1: \"now\" is not a constant: only values that are written out are read");
  CHECK(error_of("\n  nextval('s')") == "line 2, column 3: \"nextval\" is not a constant: only values that are written out are read");
  CHECK(error_of(", 1") == "line 1, column 1: a value is expected, not \",\"");
  CHECK(error_of("-'x'") == "line 1, column 2: a value is expected, not a string");
  CHECK(error_of("ARRAY[1 2]") == "line 1, column 9: \",\" is expected, not \"2\"");
  CHECK(error_of(std::string(40, '(') + "1") == "line 1, column 17: a value is nested too deeply");
  CHECK(error_of("ARRAY" + std::string(40, '[') + "1") == "line 1, column 22: an array is nested too deeply");
}
