#include "models/registry/hugging_face.h"

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct HubFixture : RegistryFixture {
  HubFixture() {
    config.mirrors["hf.co"] = fake.origin();
    weights = noise(25'000);
    fake.add_model("Ana/Model-GGUF", weights);
    fake.manifests["Ana/Model-GGUF/Q4_K_M"] = fake.manifests["Ana/Model-GGUF/latest"];
    make_registry();
  }
  std::string weights;
};

}  // namespace

TEST_CASE("hugging face: a repository and its quantisation are pulled under the name that was given") {
  HubFixture fixture;
  for (const char* name : {"hf.co/Ana/Model-GGUF:Q4_K_M", "hf.co/Ana/Model-GGUF"}) {
    CHECK(fixture.pull(name).message == "");
    const auto model = fixture.store.require(ModelName::require(name));
    CHECK(model.name.display() == std::string(name) + (model.name.tag == "latest" ? ":latest" : ""));
  }
  CHECK(fixture.fake.seen[0].path == "/v2/Ana/Model-GGUF/manifests/Q4_K_M");
}

TEST_CASE("hugging face: blobs come from elsewhere, without the token") {
  HubFixture fixture;
  FakeRegistry storage(fixture.loop.get_executor(), fixture.log);
  storage.blobs = fixture.fake.blobs;
  fixture.config.private_hosts = {storage.host(), fixture.fake.host()};
  fixture.config.credentials["hf.co"] = {.token = Secret("hf_x")};
  fixture.make_registry();
  fixture.fake.expected = "Bearer hf_x";
  fixture.fake.redirect_blobs = storage.origin();
  CHECK(fixture.pull("hf.co/Ana/Model-GGUF:Q4_K_M").message == "");
  CHECK(!storage.seen.empty());
  for (const auto& one : storage.seen) CHECK(one.authorization.empty());
}

TEST_CASE("hugging face: a private or missing repository is told apart from a broken one") {
  HubFixture fixture;
  SUBCASE("401 with a challenge that nobody can answer") {
    fixture.fake.expected = "Bearer hf_x";
    fixture.fake.challenge = "Bearer realm=\"Authentication required\"";
    const auto transfer = fixture.pull("hf.co/Ana/Model-GGUF:Q4_K_M");
    CHECK(transfer.code == "forbidden");
    CHECK(transfer.message.find("private or gated") != std::string::npos);
  }
  SUBCASE("404") {
    const auto transfer = fixture.pull("hf.co/Ana/Model-GGUF:Q9");
    CHECK(transfer.code == "not_found");
    CHECK(transfer.message.find("quantisation") != std::string::npos);
  }
  SUBCASE("400") {
    const auto error = hub_error({.status = 400, .body = R"({"error":"The repository is not GGUF"})"});
    CHECK(std::string(error.what()).find("The repository is not GGUF") != std::string::npos);
  }
}
