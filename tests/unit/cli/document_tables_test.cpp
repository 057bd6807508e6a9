#include "cli/document_tables.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("document tables: collections say whose they are") {
  const auto text = collections_table({{{"name", "Mine"}, {"id", "1"}, {"documents", 2}, {"is_own", true}},
                                       {{"name", "Hers"}, {"id", "2"}, {"documents", 0}, {"owner", "Ana"}}});
  CHECK(text == "NAME    ID    DOCUMENTS    OWNER\nMine    1     2            you\nHers    2     0            Ana\n");
}

TEST_CASE("document tables: a document shows its state, why it failed, and how far it is") {
  const auto text = documents_table(
      {{"M", {{"name", "a"}, {"state", "extracting"}, {"pages", 10}, {"pages_done", 3}, {"bytes", 1000}}},
       {"M", {{"name", "b\x1b"}, {"state", "failed"}, {"error_code", "damaged"}, {"bytes", 5}}}});
  CHECK(text ==
        "COLLECTION    NAME    STATE               PAGES    SIZE\n"
        "M             a       extracting          3/10     1 KB\n"
        "M             b       failed (damaged)             5 B\n");
}

TEST_CASE("document tables: what became of a file is one line") {
  CHECK(outcome_line({{"name", "a"}, {"state", "indexed"}, {"pages", 1}}) == "indexed    a (1 page)");
  CHECK(outcome_line({{"name", "a"}, {"state", "indexed"}, {"chunks", 4}}) == "indexed    a (4 passages)");
  CHECK(outcome_line({{"name", "a"}, {"state", "received"}, {"duplicate", true}}) ==
        "duplicate  a: its content is there already");
  CHECK(outcome_line({{"name", "a"}, {"same_as", "b"}, {"duplicate", true}}) == "duplicate  a: its content is there already as b");
  CHECK(outcome_line({{"name", "a"}, {"state", "failed"}, {"error_code", "empty"}, {"error", "no text"}}) ==
        "failed     a: empty: no text");
  CHECK(outcome_line({{"name", "a"}, {"state", "removed"}}) == "removed    a");
}
