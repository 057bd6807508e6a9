#include "models/registry/blob_download.h"

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("blob download: a registry without ranges is read in one stream, and goes on after a cut") {
  RegistryFixture fixture;
  fixture.fake.ranges = false;
  const auto weights = noise(95'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  SUBCASE("whole") {}
  SUBCASE("cut twice") { fixture.fake.cuts = {0, 0, 0, 0, 40'000, 80'000}; }
  const auto transfer = fixture.pull(name);
  CHECK(transfer.message == "");
  CHECK(fixture.store.blobs().read(Digest::of(weights), 1 << 20) == weights);
}

TEST_CASE("blob download: cut connections and busy answers are tried again where they stopped") {
  RegistryFixture fixture;
  const auto weights = noise(100'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  fixture.fake.statuses = {503, 429, 200, 500, 200};
  fixture.fake.cuts = {9'000, 5'000, 100, 9'999, 0, 3};
  const auto transfer = fixture.pull(name);
  CHECK(transfer.message == "");
  CHECK(fixture.store.blobs().read(Digest::of(weights), 1 << 20) == weights);
}

TEST_CASE("blob download: gives up after so many attempts without progress, and the next pull goes on there") {
  RegistryFixture fixture;
  fixture.config.limits.parts_at_once = 1;
  fixture.config.limits.part_min_bytes = 1'000'000;
  fixture.make_registry();
  const auto weights = noise(100'000);
  const auto digest = Digest::of(weights);
  const auto name = fixture.fake.add_model("ana/small", weights);
  fixture.fake.cuts = {97'000, 0, 0, 0, 0, 0, 0};
  const auto failed = fixture.pull(name);
  CHECK(failed.code == "unavailable");
  CHECK(fixture.fake.count("GET", digest.text()) == 6);
  CHECK(!fixture.store.blobs().has(digest));
  CHECK(!fixture.is_stored(name));
  fixture.fake.seen.clear();
  fixture.fake.cuts.clear();
  fixture.make_registry();  // as after a restart
  CHECK(fixture.pull(name).message == "");
  CHECK(fixture.fake.bytes_asked(digest) == 3'000);
  CHECK(fixture.store.blobs().read(digest, 1 << 20) == weights);
}

TEST_CASE("blob download: bytes that are not the digest's are never visible, and nothing of them stays") {
  RegistryFixture fixture;
  const auto weights = noise(100'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  fixture.fake.corrupt_blob = Digest::of(weights).text();
  const auto transfer = fixture.pull(name);
  CHECK(transfer.code == "corrupt");
  CHECK(transfer.message.find("digest mismatch") != std::string::npos);
  CHECK(fixture.blob_files().empty());
  CHECK(!fixture.is_stored(name));
}

TEST_CASE("blob download: a damaged partial blob of an earlier process is fetched anew, once") {
  RegistryFixture fixture;
  const auto weights = noise(9'000);
  const auto digest = Digest::of(weights);
  const auto name = fixture.fake.add_model("ana/small", weights);
  {
    const auto partial = PartialBlob::open(fixture.store.blobs(), {digest, 9'000, {10'000, 10'000}, 1});
    REQUIRE(partial->write(partial->parts()[0], std::string(5'000, 'x')));
  }
  CHECK(fixture.pull(name).message == "");
  CHECK(fixture.store.blobs().read(digest, 1 << 20) == weights);
  CHECK(fixture.fake.bytes_asked(digest) == 4'000 + 9'000);
}

TEST_CASE("blob download: answers that contradict the manifest end the pull") {
  RegistryFixture fixture;
  const auto weights = noise(9'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  std::string code = "corrupt";
  SUBCASE("more bytes than the blob has") { fixture.fake.more_bytes = 100'000; }
  SUBCASE("more bytes, without ranges") {
    fixture.fake.ranges = false;
    fixture.fake.more_bytes = 1;
  }
  SUBCASE("another range") { fixture.fake.content_range = "bytes 1-8999/9000"; }
  SUBCASE("another size") { fixture.fake.content_range = "bytes 0-8999/9001"; }
  SUBCASE("no range") { fixture.fake.content_range = "none"; }
  SUBCASE("compressed") { fixture.fake.extra_headers_of_blobs["Content-Encoding"] = "gzip"; }
  SUBCASE("not found") {
    fixture.fake.blobs.erase(Digest::of(weights).text());
    code = "not_found";
  }
  CHECK(fixture.pull(name).code == code);
  CHECK(!fixture.store.blobs().has(Digest::of(weights)));
  CHECK(!fixture.is_stored(name));
}

TEST_CASE("blob download: a cancelled pull shows nothing and leaves its bytes to the next one") {
  RegistryFixture fixture;
  const auto weights = noise(9'000);
  const auto digest = Digest::of(weights);
  const auto name = fixture.fake.add_model("ana/small", weights);
  fixture.fake.hold_blobs = true;
  Transfer transfer;
  const auto cancelled = std::make_shared<std::atomic<bool>>(false);
  fixture.begin_pull(name, transfer, cancelled);
  fixture.run_until([&] {
    return std::any_of(transfer.progress.begin(), transfer.progress.end(), [](auto& one) { return one.completed > 0; });
  });
  *cancelled = true;
  fixture.run_until([&] { return transfer.done; });
  CHECK(transfer.code == "cancelled");
  CHECK(!fixture.store.blobs().has(digest));
  CHECK(!fixture.is_stored(name));
  fixture.fake.release();
  fixture.fake.seen.clear();
  CHECK(fixture.pull(name).message == "");
  CHECK(fixture.fake.bytes_asked(digest) <= 4'500);
}

TEST_CASE("blob download: a registry that stalls is given up after so many attempts") {
  RegistryFixture fixture;
  fixture.config.limits.stall_timeout = std::chrono::milliseconds(300);
  fixture.config.limits.attempts_max = 2;
  fixture.make_registry();
  const auto weights = noise(9'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  fixture.fake.hold_blobs = true;
  CHECK(fixture.pull(name).code == "deadline_exceeded");
  CHECK(fixture.fake.count("GET", Digest::of(weights).text()) == 2);
  CHECK(fixture.blob_files().size() == 2);  // what the attempts brought stays: the bytes and their state
  fixture.fake.release();
}

TEST_CASE("blob download: waits for another process that has the same blob in hand, and takes what it made") {
  RegistryFixture fixture;
  const auto weights = noise(9'000);
  const auto digest = Digest::of(weights);
  const auto name = fixture.fake.add_model("ana/small", weights);
  auto theirs = PartialBlob::open(fixture.store.blobs(), {digest, 9'000, {10'000, 10'000}, 1});
  Transfer transfer;
  fixture.begin_pull(name, transfer);
  fixture.run_until([&] { return transfer.progress.size() >= 2; });
  REQUIRE(theirs->write(theirs->parts()[0], weights));
  REQUIRE(fixture.store.blobs().adopt_partial(digest));
  theirs->forget();
  theirs.reset();
  fixture.run_until([&] { return transfer.done; });
  CHECK(transfer.message == "");
  CHECK(fixture.fake.count("GET", digest.text()) == 0);
}
