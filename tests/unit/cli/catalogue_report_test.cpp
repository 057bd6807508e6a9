#include "cli/catalogue_report.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("catalogue report: a first import is told in plain words") {
  const auto report = parse_json(R"json({"catalogue":"tickets","version":1,"items":419,"first_day":"2025-01-01","last_day":"2026-03-29",
    "facets":[{"field":"city","label":"ciudad","values":43,"most":["Valencia (67)"]}],"tables":[{"table":"Event","rows":419}],"left":["Order","admins"],"personal":["admins"],
    "damages":[{"field":"city","kind":"given","repaired":9,"left":1,"examples":[{"from":"M??laga","to":"Málaga"},{"from":"a??b","to":""}]}],
    "changes":{"added":419},"warnings":["look here"],"models":[{"model":"m","what":"made","about":"m was made from base"}]})json");
  CHECK(import_report(report.as_object()) ==
        "imported tickets, version 1: 419 items, 2025-01-01 to 2026-03-29\n"
        "  ciudad: 43 (Valencia (67))\n"
        "read: Event 419\n"
        "not read: Order, admins\n"
        "rows of people among them, which were never kept: admins\n"
        "damaged text in city (given): 9 words repaired, 1 left as they are: \"M??laga\" → \"Málaga\", \"a??b\"\n"
        "warning: look here\n"
        "m was made from base\n");
}

TEST_CASE("catalogue report: another import says what it changed") {
  const auto report = parse_json(R"json({"catalogue":"t","version":2,"items":2,"changes":{"added":1,"removed":1,"changed":0,"same":1,
    "some_added":[{"key":"c","title":"C"}],"some_removed":[{"key":"b","title":"B"}],"values_added":{"city":["Lugo"]}}})json");
  const auto text = import_report(report.as_object());
  CHECK(text.find("1 added, 1 removed, 0 changed, 1 as they were\n  + c C\n  - b B\n  new city: Lugo\n") != std::string::npos);
}

TEST_CASE("catalogue report: a catalogue and the list of them") {
  const auto catalogue = parse_json(R"json({"name":"t","title":"T","version":1,"items":2,"fields":[{"name":"city","kind":"facet","label":"ciudad"}],
    "facets":[{"field":"city","label":"ciudad","values":[{"value":"Vigo","count":2}]}]})json");
  CHECK(catalogue_text(catalogue.as_object()).find("ciudad, 1: Vigo (2)\n") != std::string::npos);
  const auto answer = parse_json(R"json({"catalogues":[{"name":"t","title":"T","items":2,"version":1,"search_model":"s"}]})json");
  CHECK(catalogues_table(answer.as_object()).find("t ") != std::string::npos);
}
