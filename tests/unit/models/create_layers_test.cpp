#include "models/create_layers.h"

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Layers {
  TemporaryFolder folder;
  BlobStore blobs{folder.path()};
  LayerSet set{blobs};
  std::string text(std::string_view type) const { return blobs.read(set.first(type)->digest, 1 << 20); }
};

}  // namespace

TEST_CASE("layers: system and template replace, licences add up once, messages replace") {
  Layers layers;
  layers.set.set_system("one");
  layers.set.set_system("two");
  layers.set.set_template("{{ .Prompt }}");
  layers.set.set_template("{{ .System }}");
  for (const auto* license : {"MIT", "BSD", "MIT"}) layers.set.add_license(license);
  layers.set.set_messages({{"user", "a"}});
  layers.set.set_messages({{"user", "b"}, {"assistant", "c"}});
  layers.set.set_messages({});  // none given: those that are there stay
  CHECK(layers.text(media::kSystem) == "two");
  CHECK(layers.text(media::kTemplate) == "{{ .System }}");
  CHECK(layers.text(media::kMessages) == R"([{"role":"user","content":"b"},{"role":"assistant","content":"c"}])"
                                         "\n");
  CHECK(layers.set.count(media::kSystem) == 1);
  CHECK(layers.set.count(media::kTemplate) == 1);
  CHECK(layers.set.count(media::kLicense) == 2);
  layers.set.set_system("");
  CHECK(layers.set.count(media::kSystem) == 0);
}

TEST_CASE("layers: parameters go over those of the base and are written in one order") {
  Layers layers;
  layers.set.merge_parameters({{"top_p", 0.9}, {"temperature", 0.7}, {"stop", {"a", "b"}}});
  layers.set.merge_parameters({{"temperature", 0.1}});
  layers.set.merge_parameters({});
  CHECK(layers.set.count(media::kParams) == 1);
  CHECK(parse_json(layers.text(media::kParams)) ==
        json::value({{"stop", {"a", "b"}}, {"temperature", 0.1}, {"top_p", 0.9}}));
  CHECK(layers.text(media::kParams).find("stop") < layers.text(media::kParams).find("temperature"));
}

TEST_CASE("layers: damaged parameters of a base are an error, not silence") {
  for (const auto* bytes : {"[1]", "{", "7"}) {
    Layers layers;
    layers.set.add(media::kParams, layers.blobs.put(bytes));
    CHECK(error_of([&] { layers.set.merge_parameters({{"temperature", 1}}); }).first == "corrupt");
  }
}

TEST_CASE("layers: statuses say which blobs are new") {
  Layers layers;
  const auto known = layers.blobs.put("weights");
  layers.set.inherit({std::string(media::kModel), known.digest, known.size, "", ""}, "base:latest");
  layers.set.set_system("new");
  CHECK(layers.set.statuses() == std::vector<std::string>{"using existing layer " + known.digest.text(),
                                                          "creating new layer " + Digest::of("new").text()});
  CHECK(layers.set.take().front().from == "base:latest");
}
