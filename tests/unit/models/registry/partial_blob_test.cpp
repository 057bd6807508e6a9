#include "models/registry/partial_blob.h"

#include "unit/models/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Partials {
  TemporaryFolder folder;
  BlobStore store{folder.path()};
  Digest digest = Digest::of("x");
  PartialPlan plan(std::uint64_t size) const {
    return {.digest = digest, .size = size, .bounds = {10, 100}, .record_every_bytes = 4};
  }
  std::unique_ptr<PartialBlob> open(std::uint64_t size) const { return PartialBlob::open(store, plan(size)); }
  std::vector<std::string> names() const { return file_names(folder / "blobs"); }
};

}  // namespace

TEST_CASE("partial blob: what was written is there when it is opened again") {
  Partials partials;
  {
    const auto partial = partials.open(25);
    REQUIRE(partial);
    REQUIRE(partial->parts().size() == 3);
    REQUIRE(partial->write(partial->parts()[1], "0123456"));
    REQUIRE(partial->write(partial->parts()[2], "98765 and too much"));
    CHECK(partial->completed() == 12);
    CHECK(!partial->complete());
  }
  CHECK(!partials.store.has(partials.digest));
  const auto partial = partials.open(25);
  REQUIRE(partial);
  CHECK(partial->resumed() == 12);
  CHECK(partial->parts()[1].completed == 7);
  CHECK(partial->parts()[2].complete());
  const auto bytes = read_file(partials.store.partial_path(partials.digest));
  CHECK(bytes.size() == 25);
  CHECK(bytes.substr(10, 7) == "0123456");
  CHECK(bytes.substr(20) == "98765");
}

TEST_CASE("partial blob: a process that is killed loses at most what it had not recorded") {
  Partials partials;
  const auto partial = partials.open(100);
  auto& part = partial->parts()[0];
  REQUIRE(partial->write(part, "012"));
  CHECK(parse_part(read_file(partials.store.partial_path(partials.digest).string() + "-0"))->completed == 0);
  REQUIRE(partial->write(part, "345"));
  CHECK(parse_part(read_file(partials.store.partial_path(partials.digest).string() + "-0"))->completed == 6);
}

TEST_CASE("partial blob: one download at a time") {
  Partials partials;
  auto first = partials.open(25);
  REQUIRE(first);
  CHECK(!partials.open(25));
  first.reset();
  CHECK(partials.open(25));
}

TEST_CASE("partial blob: a state that does not fit the file or the blob is forgotten") {
  Partials partials;
  const auto path = partials.store.partial_path(partials.digest);
  const auto begin = [&] {
    const auto partial = partials.open(25);
    for (auto& part : partial->parts()) REQUIRE(partial->write(part, "0123456789"));
  };
  begin();
  SUBCASE("another size") { CHECK(partials.open(26)->resumed() == 0); }
  SUBCASE("the file is gone") {
    fs::remove(path);
    CHECK(partials.open(25)->resumed() == 0);
  }
  SUBCASE("the file is shorter") {
    fs::resize_file(path, 24);
    CHECK(partials.open(25)->resumed() == 0);
  }
  SUBCASE("a part is missing") {
    fs::remove(path.string() + "-1");
    CHECK(partials.open(25)->resumed() == 0);
  }
  SUBCASE("a part is damaged") {
    write_file_atomically(path.string() + "-1", "{\"N\":1,\"Offset\":9,\"Size\":11,\"Completed\":3}");
    CHECK(partials.open(25)->resumed() == 0);
  }
  SUBCASE("nothing wrong") { CHECK(partials.open(25)->resumed() == 25); }
}

TEST_CASE("partial blob: without ranges the bytes at the front stay") {
  Partials partials;
  const auto partial = partials.open(35);
  REQUIRE(partial->parts().size() == 4);
  REQUIRE(partial->write(partial->parts()[0], "0123456789"));
  REQUIRE(partial->write(partial->parts()[1], "abc"));
  REQUIRE(partial->write(partial->parts()[3], "xyz"));
  partial->merge();
  REQUIRE(partial->parts().size() == 1);
  CHECK(partial->completed() == 13);
  CHECK(partial->parts()[0].size == 35);
  CHECK(partials.names().size() == 2);
}

TEST_CASE("partial blob: a size that no disk has is refused, and nothing is reserved") {
  Partials partials;
  CHECK(error_of([&] { partials.open(1ull << 43); }).first == "storage_full");
}

TEST_CASE("partial blob: a link in its place is not followed") {
  Partials partials;
  write_file_atomically(partials.folder / "victim", "precious");
  fs::create_symlink(partials.folder / "victim", partials.store.partial_path(partials.digest));
  CHECK(error_of([&] { partials.open(25); }).first == "unavailable");
  CHECK(read_file(partials.folder / "victim") == "precious");
}

TEST_CASE("partial blob: once it is a blob, nothing but the blob stays") {
  Partials partials;
  partials.digest = Digest::of("0123456789abcde");
  {
    const auto partial = partials.open(15);
    REQUIRE(partial->write(partial->parts()[0], "0123456789"));
    REQUIRE(partial->write(partial->parts()[1], "abcde"));
    CHECK(partial->complete());
    CHECK(!partials.store.has(partials.digest));
    REQUIRE(partials.store.adopt_partial(partials.digest));
    partial->forget();
  }
  CHECK(partials.names() == std::vector<std::string>{partials.digest.file_name()});
}
