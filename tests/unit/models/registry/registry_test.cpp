#include "models/registry/registry.h"

#include <thread>

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

namespace {

Task<> pull_and_note(RegistryFixture& fixture, PullRequest request, std::vector<std::string>& events) {
  ProgressSink sink = [&events, here = std::this_thread::get_id()](const TransferProgress& progress) {
    events.push_back(std::this_thread::get_id() == here ? progress.status : "on another thread");
  };
  co_await fixture.registry->pull(std::move(request), std::move(sink));
  events.push_back("back");
}

}  // namespace

TEST_CASE("registry: progress is told on the caller's thread, all of it before the call comes back") {
  RegistryFixture fixture;
  const auto name = ModelName::require(fixture.fake.add_model("ana/small", noise(1000)));
  std::vector<std::string> events;
  bool done = false;
  asio::co_spawn(fixture.loop, pull_and_note(fixture, {.name = name, .insecure = true}, events),
                 [&](std::exception_ptr error) { done = error == nullptr; });
  fixture.run_until([&] { return done; });
  REQUIRE(events.size() > 3);
  CHECK(events[events.size() - 2] == "success");
  CHECK(events.back() == "back");
  CHECK(std::count(events.begin(), events.end(), "on another thread") == 0);
}

TEST_CASE("registry: ended in the middle of a pull it leaves what the next one needs") {
  RegistryFixture fixture;
  const auto weights = noise(9'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  fixture.fake.hold_blobs = true;
  Transfer dropped;
  fixture.begin_pull(name, dropped);
  fixture.run_until([&] {
    return std::any_of(dropped.progress.begin(), dropped.progress.end(), [](auto& one) { return one.completed > 0; });
  });
  fixture.registry.reset();
  CHECK(!dropped.done);
  CHECK(!fixture.store.blobs().has(Digest::of(weights)));
  fixture.fake.release();
  fixture.fake.seen.clear();
  fixture.make_registry();
  CHECK(fixture.pull(name).message == "");
  CHECK(fixture.fake.bytes_asked(Digest::of(weights)) <= 4'500);
}

TEST_CASE("registry: a host that may not be reached is refused before anything is sent") {
  RegistryFixture fixture;
  for (const char* name : {"http://registry.example/ana/small", "10.0.0.1:5000/ana/small"}) {
    CAPTURE(name);
    CHECK(fixture.pull(name).code == "forbidden");
  }
}
