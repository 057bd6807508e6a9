#include "models/safetensors/source_files.h"

#include <doctest/doctest.h>

#include "unit/models/fixtures.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("source files: names that leave the folder are refused") {
  for (const std::string name :
       {"", "/etc/passwd", "../config.json", "a/../../b", "a//b", "./a", "a/.", "a\\b", "c:x", "a\nb", "\xff", "a/"}) {
    CAPTURE(name);
    CHECK(error_of([&] { SourceFiles({{name, "/dev/null"}}); }).first == "invalid_argument");
  }
  CHECK(error_of([] { SourceFiles({{std::string(300, 'a'), "/dev/null"}}); }).first == "invalid_argument");
  CHECK_NOTHROW(SourceFiles({{"1_Pooling/config.json", "/dev/null"}, {"modelo-ñ.safetensors", "/dev/null"}}));
}

TEST_CASE("source files: their number is bounded") {
  std::map<std::string, fs::path> files;
  for (std::size_t i = 0; i <= SourceFiles::kFilesMax; ++i) files["f" + std::to_string(i)] = "/dev/null";
  CHECK(error_of([&] { SourceFiles{files}; }).first == "invalid_argument");
}

TEST_CASE("source files: a folder gives its files and those one level below, not the hidden ones") {
  const TemporaryFolder folder;
  for (const std::string name : {"config.json", "1_Pooling/config.json", "a/b/deep.json", ".git/config", ".hidden"}) {
    write_file_atomically(folder / name, "{}");
  }
  const auto files = SourceFiles::of_folder(folder.path());
  CHECK(files.has("config.json"));
  CHECK(files.has("1_Pooling/config.json"));
  CHECK(files.all().size() == 2);
  CHECK(error_of([&] { SourceFiles::of_folder(folder / "missing"); }).first == "not_found");
  CHECK(error_of([&] { files.path("missing"); }).first == "not_found");
}

TEST_CASE("source files: JSON that is none names the file") {
  const TemporaryFolder folder;
  write_file_atomically(folder / "config.json", "{\"a\": ");
  write_file_atomically(folder / "list.json", "[1]");
  const auto files = SourceFiles::of_folder(folder.path());
  CHECK(error_of([&] { files.find_object("config.json"); }).second.find("config.json") != std::string::npos);
  CHECK(error_of([&] { files.find_object("list.json"); }).first == "invalid_argument");
  CHECK(files.find_json("list.json")->is_array());
  CHECK_FALSE(files.find_object("missing.json"));
}
