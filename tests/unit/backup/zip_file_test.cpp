#include "backup/zip_file.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/files.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::backup;

TEST_CASE("zip file: what is put in comes out, up to the limit that the reader sets") {
  fragua::tests::TemporaryFolder folder;
  const auto file = folder.path() / "a.zip";
  {
    ZipWriter zip(file);
    zip.add_text("zeros", std::string(1'000'000, '\0'));
    zip.close();
  }
  ZipReader zip(file);
  CHECK(zip.names() == std::vector<std::string>{"zeros"});
  CHECK(zip.read("zeros", 1'000'000).size() == 1'000'000);
  CHECK_THROWS_AS(zip.read("zeros", 999'999), Error);
  CHECK_THROWS_AS(zip.read("nothing", 10), Error);
}

TEST_CASE("zip file: one that is not closed is not written, one that is there is not overwritten") {
  fragua::tests::TemporaryFolder folder;
  const auto file = folder.path() / "a.zip";
  {
    ZipWriter zip(file);
    zip.add_text("a", "b");
  }
  CHECK_FALSE(std::filesystem::exists(file));
  ZipWriter zip(file);
  zip.add_text("a", "b");
  zip.close();
  CHECK_THROWS_AS(ZipWriter{file}, Error);
}

TEST_CASE("zip file: one in memory is read as one on disk; what is no zip file is told") {
  fragua::tests::TemporaryFolder folder;
  const auto file = folder.path() / "a.zip";
  {
    ZipWriter zip(file);
    zip.add_text("conversations.json", "[]");
    zip.close();
  }
  const auto bytes = read_file(file);
  CHECK(ZipReader(std::string_view(bytes)).read("conversations.json", 10) == "[]");
  CHECK_THROWS_WITH_AS(ZipReader(std::string_view("PK\3\4 and nothing more")), doctest::Contains("not a zip file"), Error);
}
