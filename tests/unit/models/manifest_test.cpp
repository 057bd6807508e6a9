#include "models/manifest.h"

#include <random>

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

const std::string kDigestA = Digest::of("a").text();
const std::string kDigestB = Digest::of("b").text();

std::string sample() {
  return R"({"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":)"
         R"({"mediaType":"application/vnd.docker.container.image.v1+json","digest":")" +
         kDigestA + R"(","size":485},"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":")" +
         kDigestB + R"(","size":1117320512,"from":"qwen2.5:1.5b"},{"mediaType":"application/x-new","digest":")" +
         kDigestA + R"(","size":7,"annotations":{"x":[1]}}]})";
}

std::string with_layers(const std::string& layers) { return R"({"schemaVersion":2,"layers":[)" + layers + "]}"; }

}  // namespace

TEST_CASE("manifest: Ollama's is read, unknown fields and media types pass, the bytes stay verbatim") {
  const auto manifest = Manifest::parse(sample());
  CHECK(manifest.bytes == sample());
  CHECK(manifest.digest() == Digest::of(sample()));
  CHECK(manifest.size() == 485 + 1117320512 + 7);
  REQUIRE(manifest.config);
  CHECK(manifest.config->digest.text() == kDigestA);
  REQUIRE(manifest.first(media::kModel));
  CHECK(manifest.first(media::kModel)->from == "qwen2.5:1.5b");
  CHECK(manifest.first(media::kSystem) == nullptr);
  CHECK(manifest.layers[1].media_type == "application/x-new");
  CHECK(manifest.blobs().size() == 2);  // the same digest once
}

TEST_CASE("manifest: what we write reads back equal") {
  const auto made = Manifest::of({std::string(media::kConfig), Digest::of("c"), 3, "", ""},
                                 {{std::string(media::kModel), Digest::of("m"), 5, "base:latest", ""}});
  const auto read = Manifest::parse(made.bytes);
  CHECK(read.digest() == made.digest());
  CHECK(read.config->digest == Digest::of("c"));
  CHECK(read.layers.at(0).from == "base:latest");
  CHECK(read.layers.at(0).size == 5);
}

TEST_CASE("manifest: hostile ones are refused with a reason") {
  struct Case {
    std::string bytes;
    const char* reason;
  };
  std::string many;
  for (int i = 0; i < 1001; ++i) many += std::string(i ? "," : "") + R"({"digest":")" + kDigestA + R"("})";
  const Case cases[] = {
      {"", "JSON"},
      {"[]", "object"},
      {"{}", "names no blobs"},
      {R"({"schemaVersion":1,"layers":[]})", "schemaVersion"},
      {with_layers(R"({"digest":"sha256:../../x"})"), "no valid digest"},
      {with_layers(R"({"size":1})"), "no valid digest"},
      {with_layers(R"({"digest":")" + kDigestA + R"(","size":-1})"), "size"},
      {with_layers(R"({"digest":")" + kDigestA + R"(","size":99999999999999999})"), "impossible size"},
      {with_layers(R"({"digest":")" + kDigestA + R"(","from":")" + std::string(5000, 'x') + R"("})"), "too long"},
      {with_layers(R"({"digest":7})"), "a string"},
      {with_layers(many), "1,000 layers"},
      {R"({"layers":)" + std::string(100, '[') + std::string(100, ']') + "}", "JSON"},
      {std::string(kManifestMaxBytes + 1, ' '), "4 MiB"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.reason);
    const auto [code, message] = error_of([&] { Manifest::parse(c.bytes); });
    CHECK(code == "corrupt");
    CHECK(message.find(c.reason) != std::string::npos);
  }
}

TEST_CASE("manifest: 10,000 mutants are read or refused, never worse, and no digest is ever malformed") {
  std::mt19937 random(3);
  const auto base = sample();
  int refused = 0;
  for (int i = 0; i < 10'000; ++i) {
    auto mutant = base;
    for (int change = random() % 4; change >= 0; --change) {
      const auto at = random() % mutant.size();
      switch (random() % 3) {
        case 0:
          mutant[at] = char(random());
          break;
        case 1:
          mutant.erase(at, random() % 8);
          break;
        default:
          mutant.insert(at, mutant.substr(random() % mutant.size(), random() % 16));
      }
    }
    try {
      for (const auto& layer : Manifest::parse(mutant).blobs()) CHECK(layer.digest.hex().size() == 64);
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::corrupt);
      ++refused;
    }
  }
  CHECK(refused > 1000);
  CHECK(refused < 10'000);
}

TEST_CASE("model configuration: Ollama's fields go through, nulls and unknown ones are fine") {
  const auto config = ConfigBody::parse(
      R"({"model_format":"gguf","model_family":"qwen2","model_families":["qwen2"],"model_type":"1.5B","file_type":"Q4_K_M",)"
      R"("architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:1"]},"new":{}})");
  CHECK(config.model_type == "1.5B");
  CHECK(config.rootfs->diff_ids.size() == 1);
  const auto again = ConfigBody::parse(config.to_bytes());
  CHECK(again.file_type == "Q4_K_M");
  CHECK(again.model_families == config.model_families);
  CHECK(ConfigBody::parse(R"({"model_families":null,"renderer":null})").model_families.empty());
  CHECK(ConfigBody().to_bytes().find("renderer") == std::string::npos);
  CHECK(error_of([] { ConfigBody::parse("{"); }).first == "corrupt");
  CHECK(error_of([] { ConfigBody::parse(R"({"model_format":{}})"); }).first == "corrupt");
}
