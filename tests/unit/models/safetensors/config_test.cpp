#include "models/safetensors/config.h"

#include <doctest/doctest.h>

#include "unit/models/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

ModelConfig config_of(const std::string& text) { return ModelConfig(parse_json(text).as_object()); }

}  // namespace

TEST_CASE("model configuration: the first synonym that is there counts, null is absent") {
  const auto config = config_of(R"({"hidden_size": null, "n_embd": 64, "eps": 1e-5, "rope": {"factor": 2}})");
  CHECK(config.require_count({"hidden_size", "n_embd"}) == 64);
  CHECK(config.count({"layers"}, 3) == 3);
  CHECK(config.number({"eps"}, 0.0f) == 1e-5f);
  CHECK(config.section({"rope"}).number({"factor"}, 1.0f) == 2.0f);
  CHECK(config.section({"missing"}).fields().empty());
  CHECK_FALSE(config.find_number({"missing"}));
}

TEST_CASE("model configuration: numbers out of range are refused by name") {
  for (const std::string value : {"0", "-1", "1.5", "\"8\"", "1e300", "9999999999", "true", "[]"}) {
    CAPTURE(value);
    const auto config = config_of("{\"n_head\": " + value + "}");
    const auto [code, message] = error_of([&] { config.require_count({"n_head"}); });
    CHECK(code == "invalid_argument");
    CHECK(message.find("n_head") != std::string::npos);
  }
  CHECK(error_of([] { config_of("{}").require_count({"n_head"}); }).first == "invalid_argument");
  CHECK(error_of([] { config_of(R"({"eps": -1})").number({"eps"}, 0); }).first == "invalid_argument");
  CHECK(error_of([] { config_of(R"({"rope": 1})").section({"rope"}); }).first == "invalid_argument");
}

TEST_CASE("model configuration: only known words are taken for what changes the mathematics") {
  const auto config = config_of(R"({"hidden_act": "relu"})");
  CHECK_NOTHROW(config.check_text("hidden_act", {"silu", "relu"}));
  CHECK_NOTHROW(config.check_text("missing", {"silu"}));
  CHECK(error_of([&] { config.check_text("hidden_act", {"silu"}); }).first == "unsupported");
}

TEST_CASE("model configuration: the architecture is the first that is named") {
  CHECK(config_of(R"({"architectures": ["A", "B"]})").architecture() == "A");
  for (const std::string text :
       {"{}", R"({"architectures": []})", R"({"architectures": "A"})", R"({"architectures": [1]})"}) {
    CHECK(config_of(text).architecture().empty());
  }
}

TEST_CASE("model configuration: without config.json, or with quantized weights, nothing is imported") {
  const TemporaryFolder folder;
  CHECK(error_of([&] { ModelConfig{SourceFiles::of_folder(folder.path())}; }).first == "not_found");
  write_file_atomically(folder / "config.json", R"({"quantization_config": {"quant_method": "gptq"}})");
  const auto [code, message] = error_of([&] { ModelConfig{SourceFiles::of_folder(folder.path())}; });
  CHECK(code == "unsupported");
  CHECK(message.find("gptq") != std::string::npos);
}
