#include "models/registry/puller.h"

#include <random>

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

namespace {

bool any_partial(const RegistryFixture& fixture) {
  const auto names = fixture.blob_files();
  return std::any_of(names.begin(), names.end(), [](const auto& name) { return name.find("partial") != name.npos; });
}

}  // namespace

TEST_CASE("puller: a model arrives whole, told in Ollama's words") {
  RegistryFixture fixture;
  const auto weights = noise(100'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  const auto transfer = fixture.pull(name);
  CHECK(transfer.message == "");
  const auto model = fixture.store.require(ModelName::require(name));
  CHECK(model.digest == Digest::of(fixture.fake.manifests.at("ana/small/latest")));
  CHECK(fixture.store.blobs().read(Digest::of(weights), 1 << 20) == weights);
  CHECK(!any_partial(fixture));
  const auto blobs = model.manifest.blobs();
  const auto pulling = [](const ManifestLayer& blob) { return "pulling " + blob.digest.hex().substr(0, 12); };
  CHECK(transfer.statuses() == std::vector<std::string>{"pulling manifest", pulling(blobs[0]), pulling(blobs[1]),
                                                        pulling(blobs[2]), "verifying sha256 digest",
                                                        "writing manifest", "success"});
  std::uint64_t last = 0;
  for (const auto& one : transfer.progress) {
    if (one.digest != blobs[0].digest) continue;
    CHECK(one.total == 100'000);
    CHECK(one.completed >= last);
    last = one.completed;
  }
  CHECK(last == 100'000);
  CHECK(fixture.fake.bytes_asked(blobs[0].digest) == 100'000);
  CHECK(fixture.fake.count("GET", blobs[0].digest.text()) == 10);  // in ten parts
}

TEST_CASE("puller: what is there already is not asked for again") {
  RegistryFixture fixture;
  const auto name = fixture.fake.add_model("ana/small", noise(1000));
  CHECK(fixture.pull(name).code == "none");
  fixture.fake.seen.clear();
  const auto again = fixture.pull(name);
  CHECK(again.statuses().back() == "success");
  CHECK(again.progress[1].completed == 1000);
  CHECK(fixture.fake.seen.size() == 1);
}

TEST_CASE("puller: manifests that are none are refused before anything is fetched") {
  RegistryFixture fixture;
  const auto name = fixture.fake.add_model("ana/small", noise(100));
  auto& manifest = fixture.fake.manifests.at("ana/small/latest");
  const auto replace = [&](std::string_view from, std::string_view to) {
    const auto at = manifest.find(from);
    REQUIRE(at != std::string::npos);
    manifest.replace(at, from.size(), to);
  };
  std::string code = "corrupt";
  SUBCASE("not JSON") { manifest = "<html>"; }
  SUBCASE("empty") { manifest = ""; }
  SUBCASE("a digest that climbs") { replace(Digest::of(noise(100)).text(), "sha256:../../../etc/passwd"); }
  SUBCASE("no size") { replace("\"size\":100", "\"size\":0"); }
  SUBCASE("a negative size") { replace("\"size\":100", "\"size\":-1"); }
  SUBCASE("a size of nobody's disk") {
    replace("\"size\":100", "\"size\":17000000000000");
    code = "storage_full";
  }
  SUBCASE("too large") {
    manifest += std::string(kManifestMaxBytes, ' ');
    code = "too_large";
  }
  SUBCASE("not there") {
    fixture.fake.manifests.clear();
    code = "not_found";
  }
  const auto transfer = fixture.pull(name);
  CHECK(transfer.code == code);
  CHECK(fixture.fake.seen.size() == 1);
  CHECK(fixture.blob_files().empty());
}

TEST_CASE("puller: a model that is not there is told as Ollama tells it") {
  RegistryFixture fixture;
  CHECK(fixture.pull(fixture.fake.host() + "/ana/none").message == "pull model manifest: file does not exist");
}

TEST_CASE("puller: layers that nothing names any more go when a model is pulled again") {
  RegistryFixture fixture;
  const auto before = noise(1000, 1), after = noise(1000, 2);
  const auto name = fixture.fake.add_model("ana/small", before);
  CHECK(fixture.pull(name).code == "none");
  fixture.fake.add_model("ana/small", after);
  const auto transfer = fixture.pull(name);
  CHECK(transfer.statuses()[transfer.statuses().size() - 2] == "removing unused layers");
  CHECK(!fixture.store.blobs().has(Digest::of(before)));
  CHECK(fixture.store.blobs().has(Digest::of(after)));
}

TEST_CASE("puller: the disk's end is told, and room heals it") {
  RegistryFixture fixture;
  const auto weights = noise(9'000);
  const auto name = fixture.fake.add_model("ana/small", weights);
  const auto manifest = fixture.fake.manifests.at("ana/small/latest");
  // A size that no file system here has free, yet an honest one.
  auto& larger = fixture.fake.manifests.at("ana/small/latest");
  larger.replace(larger.find("\"size\":9000"), 11, "\"size\":9000000000000");
  const auto full = fixture.pull(name);
  CHECK(full.code == "storage_full");
  CHECK(full.message.find("free") != std::string::npos);
  larger = manifest;
  CHECK(fixture.pull(name).message == "");
}

TEST_CASE("puller: 10,000 mutated manifests are read or refused, and name nothing but digests") {
  RegistryFixture fixture;
  fixture.fake.add_model("ana/small", noise(100));
  const auto honest = fixture.fake.manifests.at("ana/small/latest");
  const std::vector<std::string> words = {
      "null",    "-1",          "1e999", "18446744073709551616", "{}", "[]", "\"\"", "true", "\xff",
      "../../x", "\"digest\":", "]]]]",  std::string(2000, '[')};
  std::mt19937 random(7);
  std::size_t read = 0;
  for (int round = 0; round < 10'000; ++round) {
    auto mutant = honest;
    for (auto changes = random() % 4 + 1; changes > 0; --changes) {
      const auto at = random() % mutant.size();
      switch (random() % 3) {
        case 0:
          mutant[at] = char(random());
          break;
        case 1:
          mutant.erase(at, random() % 40);
          break;
        default:
          mutant.replace(at, random() % 20, words[random() % words.size()]);
      }
      if (mutant.empty()) mutant = "{";
    }
    try {
      for (const auto& blob : Manifest::parse(mutant).blobs()) {
        CHECK(Digest::parse(blob.digest.text()) == blob.digest);
        CHECK(blob.size <= kBlobMaxBytes);
      }
      ++read;
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::corrupt);
    }
  }
  CHECK(read > 100);  // the mutations are not all gross
}
