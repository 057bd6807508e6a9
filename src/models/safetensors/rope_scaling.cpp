#include "models/safetensors/rope_scaling.h"

#include <cmath>
#include <numbers>

#include "base/error.h"
#include "base/strings.h"
#include "models/gguf_writer.h"
#include "models/safetensors/config.h"

namespace fragua::models {

namespace {

constexpr float kDefaultBase = 10000.0f;

ModelConfig rope_section(const ModelConfig& config) { return config.section({"rope_parameters", "rope_scaling"}); }

std::string rope_type(const ModelConfig& rope) {
  return lowercase(rope.text("rope_type", rope.text("type", "default")));
}

float rope_base(const ModelConfig& config) {
  const auto inner = rope_section(config).find_number({"rope_theta"});
  return inner ? *inner : config.number({"rope_theta"}, kDefaultBase);
}

float require_factor(const ModelConfig& rope) {
  const auto factor = rope.find_number({"factor"});
  if (!factor || *factor <= 0) throw Error(ErrorCode::invalid_argument, "config.json: rope scaling has no factor");
  return *factor;
}

void describe_yarn(const ModelConfig& config, const ModelConfig& rope, const std::string& prefix, GgufWriter& writer) {
  writer.set_string(prefix + "type", "yarn");
  writer.set_float(prefix + "factor", require_factor(rope));
  auto original = rope.find_count({"original_max_position_embeddings"});
  if (!original) original = config.require_count({"original_max_position_embeddings", "max_position_embeddings"});
  writer.set_uint32(prefix + "original_context_length", *original);
  const auto optional = [&](FieldNames names, const char* key) {
    if (const auto value = rope.find_number(names)) writer.set_float(prefix + key, *value);
  };
  optional({"extrapolation_factor"}, "yarn_ext_factor");
  optional({"attention_factor", "attn_factor"}, "yarn_attn_factor");
  optional({"beta_fast"}, "yarn_beta_fast");
  optional({"beta_slow"}, "yarn_beta_slow");
}

}  // namespace

void describe_rope(const ModelConfig& config, const std::string& architecture, GgufWriter& writer) {
  const auto rope = rope_section(config);
  const auto type = rope_type(rope);
  const auto prefix = architecture + ".rope.scaling.";
  if (type == "linear") {
    writer.set_string(prefix + "type", "linear");
    writer.set_float(prefix + "factor", require_factor(rope));
  } else if (type == "yarn") {
    describe_yarn(config, rope, prefix, writer);
  } else if (type != "default" && !(type == "llama3" && architecture == "llama")) {
    throw Error(ErrorCode::unsupported,
                "the rope scaling \"" + type.substr(0, 40) + "\" cannot be imported; linear, yarn and llama3 can");
  }
  writer.set_float(architecture + ".rope.freq_base", rope_base(config));
}

std::vector<float> rope_factors(const ModelConfig& config, std::uint32_t head_size) {
  const auto rope = rope_section(config);
  if (rope_type(rope) != "llama3") return {};
  const float base = rope_base(config);
  const float factor = rope.number({"factor"}, 8.0f);
  const float low = rope.number({"low_freq_factor"}, 1.0f);
  const float high = rope.number({"high_freq_factor"}, 4.0f);
  const float context = float(rope.count({"original_max_position_embeddings"}, 8192));
  if (factor <= 0 || low <= 0 || high <= low) {
    throw Error(ErrorCode::invalid_argument, "config.json: the factors of rope scaling make no sense");
  }
  std::vector<float> factors;
  for (std::uint32_t i = 0; i < head_size; i += 2) {
    const float frequency = 1.0f / std::pow(base, float(i) / float(head_size));
    const float wavelength = 2 * std::numbers::pi_v<float> / frequency;
    if (wavelength < context / high) {
      factors.push_back(1);
    } else if (wavelength > context / low) {
      factors.push_back(factor);
    } else {
      const float smooth = (context / wavelength - low) / (high - low);
      factors.push_back(1 / ((1 - smooth) / factor + smooth));
    }
  }
  return factors;
}

}  // namespace fragua::models
