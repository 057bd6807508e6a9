#include "models/blob_store.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Blobs {
  TemporaryFolder folder;
  BlobStore store{folder.path()};
  std::vector<std::string> names() const { return file_names(folder / "blobs"); }
};

// Runs `work` in a child process and gives its exit status, 0 for true.
template <class Work>
int in_child(Work work) {
  const auto pid = ::fork();
  if (pid == 0) ::_exit(work());
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("blob store: bytes are found again under their digest") {
  Blobs blobs;
  const auto blob = blobs.store.put("hola");
  CHECK(blob.created);
  CHECK(blob.digest == Digest::of("hola"));
  CHECK(blob.size == 4);
  CHECK_FALSE(blobs.store.put("hola").created);
  CHECK(blobs.store.has(blob.digest));
  CHECK(blobs.store.size(blob.digest) == 4);
  CHECK(blobs.store.read(blob.digest, 4) == "hola");
  CHECK(error_of([&] { blobs.store.read(blob.digest, 3); }).first == "too_large");
  CHECK(error_of([&] { blobs.store.size(Digest::of("no")); }).first == "not_found");
  CHECK(blobs.names() == std::vector<std::string>{blob.digest.file_name()});
  struct stat status {};
  REQUIRE(::stat(blobs.store.path(blob.digest).c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0644);
}

TEST_CASE("blob store: a blob is visible only once its bytes have the right hash") {
  Blobs blobs;
  const auto expected = Digest::of("abcdef");
  {
    auto writer = blobs.store.writer(6);
    writer.write("abc");
    CHECK_FALSE(blobs.store.has(expected));
    writer.write("def");
    CHECK_FALSE(blobs.store.has(expected));
    const auto blob = writer.commit_as(expected);
    REQUIRE(blob);
    CHECK(blob->size == 6);
  }
  CHECK(blobs.store.has(expected));
  {
    auto writer = blobs.store.writer();
    writer.write("other");
    const auto refused = writer.commit_as(expected);
    REQUIRE_FALSE(refused);
    CHECK(std::string(refused.error().what()).find("digest mismatch") == 0);
  }
  CHECK(blobs.names().size() == 1);
}

TEST_CASE("blob store: a writer that is given up or gets too much leaves nothing behind") {
  Blobs blobs;
  { blobs.store.writer(100).write("half"); }
  CHECK(blobs.names().empty());
  CHECK(error_of([&] { blobs.store.writer(3).write("four"); }).first == "too_large");
  CHECK(blobs.names().empty());
}

TEST_CASE("blob store: space reserved and not used is given back") {
  Blobs blobs;
  auto writer = blobs.store.writer(1 << 20);
  writer.write("tiny");
  const auto blob = writer.commit();
  CHECK(blobs.store.size(blob.digest) == 4);
  CHECK(blobs.store.read(blob.digest, 4) == "tiny");
}

TEST_CASE("blob store: a file of this machine is imported without touching its bytes") {
  Blobs blobs;
  const std::string bytes(3'000'000, 'm');
  write_file_atomically(blobs.folder / "mine.gguf", bytes);
  std::uint64_t last = 0, total = 0;
  const auto blob = blobs.store.import_file(blobs.folder / "mine.gguf", [&](std::uint64_t done, std::uint64_t all) {
    CHECK(done > last);
    last = done;
    total = all;
  });
  CHECK(last == bytes.size());
  CHECK(total == bytes.size());
  CHECK(blob.digest == Digest::of(bytes));
  CHECK(read_file(blobs.store.path(blob.digest)) == bytes);
  CHECK(fs::exists(blobs.folder / "mine.gguf"));
  CHECK_FALSE(blobs.store.import_file(blobs.folder / "mine.gguf").created);
  fs::create_symlink(blobs.folder / "mine.gguf", blobs.folder / "link.gguf");
  CHECK(blobs.store.import_file(blobs.folder / "link.gguf").digest == blob.digest);
  CHECK_FALSE(fs::is_symlink(blobs.store.path(blob.digest)));
  CHECK(blobs.names().size() == 1);
  CHECK(fs::exists(blobs.folder / "mine.gguf"));
}

TEST_CASE("blob store: an import that is cancelled or impossible leaves nothing behind") {
  Blobs blobs;
  write_file_atomically(blobs.folder / "mine.gguf", std::string(3'000'000, 'm'));
  const auto cancel = [](std::uint64_t, std::uint64_t) { throw Error(ErrorCode::cancelled, "stopped"); };
  CHECK(error_of([&] { blobs.store.import_file(blobs.folder / "mine.gguf", cancel); }).first == "cancelled");
  CHECK(error_of([&] { blobs.store.import_file(blobs.folder / "missing"); }).first == "not_found");
  CHECK(error_of([&] { blobs.store.import_file(blobs.folder.path()); }).first == "invalid_argument");
  CHECK(blobs.names().empty());
}

TEST_CASE("blob store: a scratch file of another program becomes a blob or vanishes") {
  Blobs blobs;
  auto scratch = blobs.store.scratch();
  REQUIRE(::truncate(scratch.path().c_str(), 5) == 0);
  const auto blob = blobs.store.adopt(std::move(scratch));
  CHECK(blob.digest == Digest::of(std::string(5, '\0')));
  { const auto dropped = blobs.store.scratch(); }
  {
    const auto folder = blobs.store.scratch_folder();
    write_file_atomically(folder.path() / "inside", "x");
  }
  CHECK(blobs.names().size() == 1);
}

TEST_CASE("blob store: a partial download is adopted when it is whole and dropped when it is not") {
  Blobs blobs;
  const auto digest = Digest::of("downloaded");
  write_file_atomically(blobs.store.partial_path(digest), "downloaded");
  CHECK_FALSE(blobs.store.has(digest));
  REQUIRE(blobs.store.adopt_partial(digest));
  CHECK(blobs.store.read(digest, 100) == "downloaded");
  const auto other = Digest::of("wanted");
  write_file_atomically(blobs.store.partial_path(other), "poisoned");
  CHECK_FALSE(blobs.store.adopt_partial(other));
  CHECK_FALSE(blobs.store.has(other));
  CHECK(blobs.names().size() == 1);
}

TEST_CASE("blob store: adding again heals a damaged blob") {
  Blobs blobs;
  const auto digest = Digest::of("right");
  write_file_atomically(blobs.store.path(digest), "wrong");
  auto writer = blobs.store.writer();
  writer.write("right");
  CHECK_FALSE(writer.commit().created);
  CHECK(blobs.store.read(digest, 10) == "right");
}

TEST_CASE("blob store: what a dead process left is removed by the next, what lives is not") {
  Blobs blobs;
  const auto living = blobs.store.scratch();
  CHECK(in_child([&] {
          auto writer = blobs.store.writer();
          writer.write("never finished");
          const auto folder = blobs.store.scratch_folder();
          ::_exit(0);  // no destructor runs: as if killed
          return 0;
        }) == 0);
  write_file_atomically(blobs.store.partial_path(Digest::of("fresh")), "part");
  write_file_atomically(blobs.store.partial_path(Digest::of("old")), "part");
  const timespec old[2] = {{1'000'000, 0}, {1'000'000, 0}};
  REQUIRE(::utimensat(AT_FDCWD, blobs.store.partial_path(Digest::of("old")).c_str(), old, 0) == 0);
  CHECK(blobs.names().size() == 5);
  const BlobStore opened_again(blobs.folder.path());
  const std::vector<std::string> expected = {living.path().filename().string(),
                                             blobs.store.partial_path(Digest::of("fresh")).filename().string()};
  CHECK(blobs.names() == expected);
}

TEST_CASE("blob store: the lock lets many add and only one delete") {
  Blobs blobs;
  {
    const auto one = blobs.store.adding();
    const auto two = blobs.store.adding();
    CHECK_FALSE(StoreLock::try_exclusive(blobs.folder.path()));
    CHECK(in_child([&] { return StoreLock::try_exclusive(blobs.folder.path()) ? 1 : 0; }) == 0);
  }
  CHECK(StoreLock::try_exclusive(blobs.folder.path()));
  CHECK(in_child([&] { return StoreLock::try_exclusive(blobs.folder.path()) ? 0 : 1; }) == 0);
}

TEST_CASE("blob store: a full disk is an error that says so, leaves nothing and heals") {
  TemporaryFolder folder;
  constexpr int kCannotMount = 77;
  const int status = in_child([&] {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0)
      return kCannotMount;
    BlobStore store(folder.path());
    const std::string half(600'000, 'h'), whole(2'000'000, 'w');
    const auto full = [&](auto work) { return error_of(work).first == "storage_full"; };
    if (!full([&] { store.put(whole); })) return 1;             // reserved at once
    if (!full([&] { store.writer().write(whole); })) return 2;  // found out while writing
    if (!file_names(folder / "blobs").empty()) return 3;
    store.put(half);
    if (!full([&] { store.put(half + "x"); })) return 4;
    if (store.read(Digest::of(half), half.size()) != half) return 5;
    store.remove(Digest::of(half));
    return store.put(half + "x").created ? 0 : 6;
  });
  if (status == kCannotMount) MESSAGE("skipped: no right to mount a small disk here");
  if (status != kCannotMount) CHECK(status == 0);
}
