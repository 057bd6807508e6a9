#include "base/files.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/error.h"

using namespace fragua;

namespace {

// A folder of the test's own, gone afterwards.
struct Folder {
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "files_test.XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path = pattern;
  }
  ~Folder() { fs::remove_all(path); }
  std::size_t entries() const {
    return std::size_t(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
  fs::path path;
};

template <class Work>
std::optional<Error> error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("files: what is written is read, whole, and replaces what was there") {
  const Folder folder;
  const auto file = folder.path / "new" / "a.bin";
  const std::string bytes("a\0b\n", 4);
  write_file_atomically(file, "longer than what follows");
  write_file_atomically(file, bytes);
  CHECK(read_file(file) == bytes);
  CHECK(fs::status(file).permissions() == fs::perms(0644));
}

TEST_CASE("files: nothing stays beside a file that was written, nor beside one that could not be") {
  const Folder folder;
  write_file_atomically(folder.path / "a", "1");
  CHECK(folder.entries() == 1);
  fs::create_directory(folder.path / "taken");
  const auto error = error_of([&] { write_file_atomically(folder.path / "taken", "1"); });
  REQUIRE(error);
  CHECK(error->code() == ErrorCode::unavailable);
  CHECK(folder.entries() == 2);
}

TEST_CASE("files: a missing file, a folder and a file over the limit are told apart") {
  const Folder folder;
  write_file_atomically(folder.path / "a", "12345");
  CHECK(read_file(folder.path / "a", 5) == "12345");
  CHECK(error_of([&] { read_file(folder.path / "b"); })->code() == ErrorCode::not_found);
  CHECK(error_of([&] { read_file(folder.path); })->code() == ErrorCode::unavailable);
  CHECK(error_of([&] { read_file(folder.path / "a", 4); })->code() == ErrorCode::too_large);
}

TEST_CASE("files: errors name the file and not where it lies") {
  const Folder folder;
  const std::string message = error_of([&] { read_file(folder.path / "missing.txt"); })->what();
  CHECK(message.find("missing.txt") != std::string::npos);
  CHECK(message.find(folder.path.filename().string()) == std::string::npos);
}

TEST_CASE("files: a full disk is a code of its own") {
  CHECK(error_of([] { throw_errno("cannot write", "x", ENOSPC); })->code() == ErrorCode::storage_full);
  CHECK(error_of([] { throw_errno("cannot write", "x", EDQUOT); })->code() == ErrorCode::storage_full);
  CHECK(error_of([] { throw_errno("cannot write", "x", EIO); })->code() == ErrorCode::unavailable);
}
