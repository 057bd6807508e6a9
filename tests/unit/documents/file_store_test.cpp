#include "documents/file_store.h"

#include <doctest/doctest.h>

#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::documents;

TEST_CASE("file store: a file is there once it is kept, and leaves nothing if it is not") {
  const fragua::tests::TemporaryFolder folder;
  const FileStore store(folder.path() / "documents");
  {
    const auto file = store.receive("aabb");
    file->write("hola ");
    file->write("mundo");
    CHECK(file->size() == 10);
    CHECK_FALSE(fs::exists(store.path_of("aabb")));
    file->keep();
  }
  CHECK(read_file(store.path_of("aabb")) == "hola mundo");
  store.receive("ccdd")->write("half");
  CHECK_FALSE(fs::exists(store.path_of("ccdd")));
  store.remove("aabb");
  store.remove("never there");
  CHECK_FALSE(fs::exists(store.path_of("aabb")));
}

TEST_CASE("file store: what a killed server left goes at the next start, and files that nobody knows are swept") {
  const fragua::tests::TemporaryFolder folder;
  const auto root = folder.path() / "documents";
  {
    const FileStore store(root);
    store.receive("aabb")->keep();
    store.receive("ccdd")->keep();
  }
  write_file_atomically(root / "unfinished" / "x", "half");
  fs::create_directories(root / "scratch" / "y");
  write_file_atomically(root / "scratch" / "y" / "z", "rest");
  const FileStore store(root);
  CHECK_FALSE(fs::exists(root / "unfinished" / "x"));
  CHECK_FALSE(fs::exists(root / "scratch" / "y"));
  CHECK(store.sweep([](const std::string& id) { return id == "aabb"; }) == 1);
  CHECK(fs::exists(store.path_of("aabb")));
  CHECK_FALSE(fs::exists(store.path_of("ccdd")));
}

TEST_CASE("file store: the opened copy of a protected file lives as long as the file")  {
  const fragua::tests::TemporaryFolder folder;
  const FileStore store(folder.path() / "documents");
  const auto scratch = store.scratch("x");
  for (const auto* id : {"aabb", "ccdd"}) {
    store.receive(id)->keep();
    write_file_atomically(scratch->path() / "opened", "open");
    store.take_over_opened(id, scratch->path() / "opened");
  }
  CHECK(read_file(store.opened_path_of("aabb")) == "open");
  CHECK(store.sweep([](const std::string& id) { return id == "aabb"; }) == 2);
  CHECK(fs::exists(store.opened_path_of("aabb")));
  store.remove("aabb");
  CHECK_FALSE(fs::exists(store.opened_path_of("aabb")));
}

TEST_CASE("file store: a scratch folder goes with its object") {
  const fragua::tests::TemporaryFolder folder;
  const FileStore store(folder.path() / "documents");
  fs::path path;
  {
    const auto scratch = store.scratch("one");
    path = scratch->path();
    write_file_atomically(path / "a", "b");
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("file store: what a child unpacked is taken over by its bytes; links and folders are not") {
  const fragua::tests::TemporaryFolder folder;
  const FileStore store(folder.path() / "documents");
  const auto scratch = store.scratch("x");
  write_file_atomically(scratch->path() / "file-1", "hola");
  const auto taken = store.take_over("aabb", scratch->path() / "file-1");
  CHECK(taken.bytes == 4);
  CHECK(taken.sha256 == "b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79");
  CHECK(read_file(store.path_of("aabb")) == "hola");
  CHECK_FALSE(fs::exists(scratch->path() / "file-1"));
  fs::create_symlink(store.path_of("aabb"), scratch->path() / "file-2");
  CHECK_THROWS_AS(store.take_over("ccdd", scratch->path() / "file-2"), Error);
  fs::create_directories(scratch->path() / "file-3");
  CHECK_THROWS_AS(store.take_over("ccdd", scratch->path() / "file-3"), Error);
  CHECK_THROWS_AS(store.take_over("ccdd", scratch->path() / "file-4"), Error);
  CHECK_FALSE(fs::exists(store.path_of("ccdd")));
}
