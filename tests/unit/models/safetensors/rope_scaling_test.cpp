#include "models/safetensors/rope_scaling.h"

#include <doctest/doctest.h>

#include "models/safetensors/config.h"
#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

ModelConfig config_of(const std::string& text) { return ModelConfig(parse_json(text).as_object()); }
ReadGguf described(const std::string& text, const std::string& architecture = "llama") {
  return keys_of([&](GgufWriter& writer) { describe_rope(config_of(text), architecture, writer); });
}

}  // namespace

TEST_CASE("rotary positions: the base comes from either place, or is 10000") {
  CHECK(described("{}").value("llama.rope.freq_base") == "1E4");
  CHECK(described(R"({"rope_theta": 500000})").value("llama.rope.freq_base") == "5E5");
  CHECK(described(R"({"rope_parameters": {"rope_theta": 1e6, "rope_type": "default"}, "rope_theta": 1})", "qwen2")
            .value("qwen2.rope.freq_base") == "1E6");
}

TEST_CASE("rotary positions: linear and yarn scaling are written with their factors") {
  check_keys(described(R"({"rope_scaling": {"type": "linear", "factor": 2.0}})"),
             {{"llama.rope.scaling.type", "\"linear\""}, {"llama.rope.scaling.factor", "2E0"}});
  check_keys(described(R"({"max_position_embeddings": 1024, "rope_scaling": {"rope_type": "yarn", "factor": 4.0,
                           "beta_fast": 32, "original_max_position_embeddings": 512}})",
                       "qwen2"),
             {{"qwen2.rope.scaling.type", "\"yarn\""},
              {"qwen2.rope.scaling.factor", "4E0"},
              {"qwen2.rope.scaling.original_context_length", "512"},
              {"qwen2.rope.scaling.yarn_beta_fast", "3.2E1"},
              {"qwen2.rope.scaling.yarn_beta_slow", "absent"}});
}

TEST_CASE("rotary positions: a scaling that would be lost is refused") {
  CHECK(error_of([] { described(R"({"rope_scaling": {"type": "longrope", "factor": 2}})"); }).first == "unsupported");
  CHECK(error_of([] { described(R"({"rope_scaling": {"type": "llama3"}})", "qwen2"); }).first == "unsupported");
  CHECK(error_of([] { described(R"({"rope_scaling": {"type": "linear"}})"); }).first == "invalid_argument");
}

TEST_CASE("rotary positions: Llama 3 stretches slow frequencies, leaves fast ones and blends between") {
  // The values that llama.cpp's converter writes for Llama 3.2 (head of 64).
  const auto factors = rope_factors(config_of(R"({"rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3",
    "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}})"),
                                    64);
  REQUIRE(factors.size() == 32);
  for (std::size_t i = 0; i < 15; ++i) CHECK(factors[i] == 1.0f);
  CHECK(factors[15] == doctest::Approx(1.6513293).epsilon(1e-5));
  CHECK(factors[16] == doctest::Approx(3.2922628).epsilon(1e-5));
  CHECK(factors[17] == doctest::Approx(9.6667309).epsilon(1e-5));
  for (std::size_t i = 18; i < 32; ++i) CHECK(factors[i] == 32.0f);
  CHECK(rope_factors(config_of("{}"), 64).empty());
  CHECK(error_of([] {
          rope_factors(config_of(R"({"rope_scaling": {"type": "llama3", "low_freq_factor": 4}})"), 8);
        }).first == "invalid_argument");
}
