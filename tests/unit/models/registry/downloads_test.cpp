#include "models/registry/downloads.h"

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE(
    "downloads: any number of pulls share one download, and one that is cancelled does not end it for the others") {
  RegistryFixture fixture;
  const auto weights = noise(9'000);
  const auto digest = Digest::of(weights);
  const auto name = fixture.fake.add_model("ana/small", weights);
  fixture.fake.hold_blobs = true;
  std::vector<Transfer> transfers(5);
  const auto cancelled = std::make_shared<std::atomic<bool>>(false);
  for (auto& transfer : transfers) fixture.begin_pull(name, transfer, &transfer == &transfers[0] ? cancelled : nullptr);
  const auto heard = [&](const Transfer& transfer) { return transfer.progress.size() >= 2; };
  fixture.run_until([&] { return fixture.fake.gate && std::all_of(transfers.begin(), transfers.end(), heard); });
  *cancelled = true;
  fixture.run_until([&] { return transfers[0].done; });
  CHECK(transfers[0].code == "cancelled");
  fixture.fake.release();
  for (std::size_t index = 1; index < transfers.size(); ++index) {
    fixture.run_until([&] { return transfers[index].done; });
    CHECK(transfers[index].message == "");
  }
  CHECK(fixture.fake.count("GET", digest.text()) == 1);
  CHECK(fixture.store.blobs().has(digest));
}

TEST_CASE("downloads: when another pull's registry fails, the next one asks its own") {
  RegistryFixture fixture;
  FakeRegistry other(fixture.loop.get_executor(), fixture.log);
  const auto weights = noise(9'000);
  const auto digest = Digest::of(weights);
  fixture.fake.add_model("ana/small", weights);
  fixture.fake.hold_blobs = true;
  Transfer first, second;
  fixture.begin_pull(fixture.fake.host() + "/ana/small", first);
  fixture.run_until([&] { return fixture.fake.gate != nullptr; });
  other.add_model("eva/small", weights);
  fixture.begin_pull(other.host() + "/eva/small", second);
  fixture.run_until([&] { return second.progress.size() >= 2; });
  CHECK(other.count("GET", digest.text()) == 0);
  fixture.fake.blobs.erase(digest.text());  // its next attempt finds nothing
  fixture.fake.cut_held = true;
  fixture.fake.release();
  fixture.run_until([&] { return first.done && second.done; });
  CHECK(first.code == "not_found");
  CHECK(second.message == "");
  CHECK(other.count("GET", digest.text()) == 1);
}
