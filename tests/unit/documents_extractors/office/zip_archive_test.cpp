#include "documents/extractors/office/zip_archive.h"

#include <doctest/doctest.h>

#include <functional>

#include "base/files.h"
#include "support/temporary_folder.h"

using namespace fragua::documents::extractors;

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

fs::path zip_of(const fragua::tests::TemporaryFolder& folder, const Members& members) {
  const auto file = folder.path() / "a.zip";
  int code = 0;
  auto* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  REQUIRE(archive);
  for (const auto& [name, text] : members) zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
  REQUIRE(zip_close(archive) == 0);
  return file;
}

FailureCode code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.code();
  }
  FAIL("nothing was thrown");
  return FailureCode::empty;
}

}  // namespace

TEST_CASE("zip archive: members are read by name") {
  const fragua::tests::TemporaryFolder folder;
  const Members members{{"a.txt", "hola"}, {"../b", "fuera"}};
  ZipArchive archive(zip_of(folder, members));
  CHECK(archive.has("a.txt"));
  CHECK(archive.read("a.txt") == "hola");
  CHECK(archive.read_if_there("c") == "");
  CHECK(archive.names() == std::vector<std::string>{"a.txt", "../b"});
  CHECK(code_of([&] { archive.read("c"); }) == FailureCode::damaged);
}

TEST_CASE("zip archive: bombs are told by their size, their ratio and what all members come to") {
  const fragua::tests::TemporaryFolder folder;
  const Members members{{"zeros", std::string(1 << 20, '\0')}, {"also", std::string(1 << 20, '\1')}};
  const auto file = zip_of(folder, members);
  CHECK(code_of([&] { ZipArchive(file, {.member_bytes = 1 << 19}).read("zeros"); }) == FailureCode::too_large);
  CHECK(code_of([&] { ZipArchive(file, {.ratio_matters_from = 1 << 19}).read("zeros"); }) == FailureCode::too_large);
  CHECK(code_of([&] { ZipArchive(file, {.members = 1}); }) == FailureCode::too_large);
  ZipArchive both(file, {.total_bytes = 3 << 19});
  CHECK(both.read("zeros").size() == 1 << 20);
  CHECK(code_of([&] { both.read("also"); }) == FailureCode::too_large);
}

TEST_CASE("zip archive: what is no zip is damaged") {
  const fragua::tests::TemporaryFolder folder;
  fragua::write_file_atomically(folder.path() / "x", "PK\x03\x04 no");
  CHECK(code_of([&] { ZipArchive(folder.path() / "x"); }) == FailureCode::damaged);
}
