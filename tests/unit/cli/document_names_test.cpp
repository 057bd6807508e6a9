#include "cli/document_names.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

json::object collection(const char* id, const char* name, bool is_own) {
  return {{"id", id}, {"name", name}, {"is_own", is_own}};
}

}  // namespace

TEST_CASE("document names: a collection is found by id, by name, and one's own before other people's") {
  const std::vector<json::object> known{collection("1", "Manuals", false), collection("2", "Manuals", true),
                                        collection("3", "2", true)};
  CHECK(choose_collection(known, "Manuals").at("id") == "2");
  CHECK(choose_collection(known, "1").at("id") == "1");
  CHECK(choose_collection(known, "2").at("id") == "2");  // an id comes before a name
  CHECK_THROWS_AS(choose_collection(known, "manuals"), Error);
}

TEST_CASE("document names: two collections of one name are told apart by nobody but their owner") {
  const std::vector<json::object> known{collection("1", "Manuals", true), collection("2", "Manuals", true)};
  CHECK_THROWS_WITH_AS(choose_collection(known, "Manuals"),
                       "several collections are called \"Manuals\": give the id of one, which `fragua documents "
                       "collections` shows",
                       Error);
}

TEST_CASE("document names: a document goes by its id or its name") {
  const std::vector<json::object> known{{{"id", "a"}, {"name", "b"}}, {{"id", "b"}, {"name", "c"}}};
  CHECK(require_document(known, "b").at("name") == "c");
  CHECK(require_document(known, "c").at("id") == "b");
  CHECK_THROWS_AS(require_document(known, "d"), Error);
}

TEST_CASE("document names: files of a folder keep the way to them in their names") {
  CHECK(document_name("setup.pdf") == "setup.pdf");
  CHECK(document_name("printers/old/setup.pdf") == "printers › old › setup.pdf");
}

TEST_CASE("document names: what a document says cannot steer a terminal") {
  CHECK(printable("a\x1b[2Jb\r\x07\tc\nd") == "a[2Jb\tc\nd");
  CHECK(printable("España") == "España");
}
