// Rotary positions: the base frequency, the scaling that stretches the context, and Llama 3's factors.
// Callers: models/safetensors/decoder. Threads: any; pure but for the writer.
// A scaling that llama.cpp would not get from these keys is Error(unsupported), never left out in silence.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace fragua::models {

class GgufWriter;
class ModelConfig;

void describe_rope(const ModelConfig& config, const std::string& architecture, GgufWriter& writer);
// One factor for each pair of a head's dimensions; empty when the model does not scale in this way.
std::vector<float> rope_factors(const ModelConfig& config, std::uint32_t head_size);

}  // namespace fragua::models
