#include "models/registry/pusher.h"

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct PushFixture : RegistryFixture {
  PushFixture() {
    weights = noise(55'000);
    name = fake.host() + "/ana/small";
    manifest = put_model(store, name, {{media::kModel, weights}, {media::kSystem, "Be kind."}});
  }
  std::string weights;
  std::string name;
  Manifest manifest;
};

}  // namespace

TEST_CASE("pusher: a model arrives whole and as it is, told in Ollama's words") {
  PushFixture fixture;
  SUBCASE("in chunks, one after the other") {}
  SUBCASE("chunks redirected to storage") { fixture.fake.redirect_uploads = fixture.fake.origin(); }
  const auto transfer = fixture.push(fixture.name);
  CHECK(transfer.message == "");
  CHECK(fixture.fake.manifests.at("ana/small/latest") == fixture.manifest.bytes);
  for (const auto& blob : fixture.manifest.blobs()) CHECK(fixture.fake.blobs.contains(blob.digest.text()));
  CHECK(fixture.fake.blobs.at(Digest::of(fixture.weights).text()) == fixture.weights);
  CHECK(fixture.fake.count("PATCH", "/blobs/uploads/") == 6 + 1 + 1);
  const auto blobs = fixture.manifest.blobs();
  const auto pushing = [](const ManifestLayer& blob) { return "pushing " + blob.digest.hex().substr(0, 12); };
  CHECK(transfer.statuses() == std::vector<std::string>{"retrieving manifest", pushing(blobs[0]), pushing(blobs[1]),
                                                        pushing(blobs[2]), "pushing manifest", "success"});
  CHECK(transfer.progress[1].total == 55'000);
}

TEST_CASE("pusher: what the registry has is not sent again") {
  PushFixture fixture;
  CHECK(fixture.push(fixture.name).code == "none");
  fixture.fake.seen.clear();
  const auto again = fixture.push(fixture.name);
  CHECK(again.statuses().back() == "success");
  CHECK(fixture.fake.count("HEAD", "/blobs/") == 3);
  CHECK(fixture.fake.seen.size() == 4);
}

TEST_CASE("pusher: a model that is not here, or not whole, is not pushed") {
  PushFixture fixture;
  CHECK(fixture.push(fixture.fake.host() + "/ana/none").code == "not_found");
  CHECK(fixture.fake.seen.empty());
  fs::remove(fixture.store.blobs().path(Digest::of(fixture.weights)));
  CHECK(fixture.push(fixture.name).code == "corrupt");
  CHECK(fixture.fake.count("PUT", "/manifests/") == 0);
}
