#include "models/registry/blob_upload.h"

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct UploadFixture : RegistryFixture {
  UploadFixture() {
    weights = noise(55'000);
    name = fake.host() + "/ana/small";
    manifest = put_model(store, name, {{media::kModel, weights}, {media::kSystem, "Be kind."}});
  }
  std::string weights;
  std::string name;
  Manifest manifest;
};

}  // namespace

TEST_CASE("blob upload: the storage behind the registry does not see the credential") {
  UploadFixture fixture;
  FakeRegistry storage(fixture.loop.get_executor(), fixture.log);
  fixture.config.credentials[fixture.fake.host()] = {.token = Secret("static")};
  fixture.config.private_hosts = {storage.host(), fixture.fake.host()};
  fixture.make_registry();
  fixture.fake.expected = "Bearer static";
  fixture.fake.redirect_uploads = storage.origin();
  fixture.push(fixture.name);
  CHECK(storage.count("PUT", "/storage/upload") > 0);
  for (const auto& one : storage.seen) CHECK(one.authorization.empty());
  for (const auto& one : fixture.fake.seen) CHECK(one.authorization == "Bearer static");
}

TEST_CASE("blob upload: a layer of another model is mounted from there") {
  UploadFixture fixture;
  auto layers = fixture.manifest.layers;
  layers[0].from = fixture.fake.host() + "/eva/base:1";
  const auto manifest = Manifest::of(*fixture.manifest.config, layers);
  fixture.store.put(ModelName::require(fixture.name), manifest);
  CHECK(fixture.push(fixture.name).message == "");
  std::string target;
  for (const auto& one : fixture.fake.seen)
    if (one.method == "POST" && target.empty()) target = one.target;
  CHECK(target ==
        "/v2/ana/small/blobs/uploads/?mount=sha256%3A" + Digest::of(fixture.weights).hex() + "&from=eva%2Fbase");
}

TEST_CASE("blob upload: a busy registry is tried again, one that says no is not") {
  UploadFixture fixture;
  SUBCASE("busy") {
    fixture.fake.statuses = {503, 200, 200, 500, 429, 200};
    CHECK(fixture.push(fixture.name).message == "");
    CHECK(fixture.fake.blobs.at(Digest::of(fixture.weights).text()) == fixture.weights);
  }
  SUBCASE("no") {
    fixture.fake.statuses = {403};
    const auto transfer = fixture.push(fixture.name);
    CHECK(transfer.code == "forbidden");
    CHECK(fixture.fake.seen.size() == 1);
  }
}

TEST_CASE("blob upload: an empty layer is a commit without a chunk") {
  UploadFixture fixture;
  put_model(fixture.store, fixture.name, {{media::kLicense, ""}});
  CHECK(fixture.push(fixture.name).message == "");
  CHECK(fixture.fake.blobs.at(Digest::of("").text()).empty());
}
