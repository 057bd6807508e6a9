#include "cli/document_watch.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

namespace {

json::object document(const char* name, const char* id, const char* sha256) {
  return {{"name", name}, {"id", id}, {"sha256", sha256}, {"state", "indexed"}};
}

}  // namespace

TEST_CASE("mirrored files: content that is there is not sent again, whatever it is called") {
  MirroredFiles mirrored({document("a.pdf", "1", "aa")});
  CHECK(mirrored.has("a.pdf", "aa"));
  CHECK(mirrored.has("copy.pdf", "aa"));
  CHECK_FALSE(mirrored.has("a.pdf", "bb"));
  mirrored.note(document("a.pdf", "2", "bb"));
  CHECK(mirrored.has("a.pdf", "bb"));
  CHECK_FALSE(mirrored.has("copy.pdf", "aa"));  // the new version took its place
}

TEST_CASE("mirrored files: a removed file takes its document with it, and a copy of it is sent again") {
  MirroredFiles mirrored({document("a.pdf", "1", "aa")});
  mirrored.has("a.pdf", "aa");
  mirrored.has("copy.pdf", "aa");
  std::vector<std::string> again;
  CHECK(mirrored.remove("a.pdf", again) == std::vector<std::string>{"1"});
  CHECK(again == std::vector<std::string>{"copy.pdf"});
  CHECK_FALSE(mirrored.has("copy.pdf", "aa"));
  again.clear();
  CHECK(mirrored.remove("copy.pdf", again).empty());
  CHECK(again.empty());
}

TEST_CASE("mirrored files: documents without a file are known") {
  const MirroredFiles mirrored({document("a.pdf", "1", "aa"), document("b.pdf", "2", "bb")});
  Snapshot there;
  there["b.pdf"] = {};
  CHECK(mirrored.without_file(there) == std::vector<std::string>{"a.pdf"});
}
