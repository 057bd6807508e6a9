// Options: what a request asks for, over what its model's PARAMETERs set, over the defaults. Names are Ollama's.
// Callers: service, api/ (to name what it ignores). Threads: pure.
// Error(invalid_argument) names the option; options that nobody knows are ignored and listed, as the original does.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/protocol.h"

namespace fragua::inference {

// What a load depends on; nothing: as the server is set.
struct LoadOptions {
  std::optional<std::int32_t> num_gpu;   // -1: all layers that fit
  std::optional<bool> use_mmap;
};

struct AppliedOptions {
  engine::SamplingOptions sampling;
  LoadOptions load;
  std::int32_t num_thread = 0;         // 0: as the server is set
  std::int64_t num_predict = -1;
  std::uint32_t num_ctx = 4096;
  std::vector<std::string> stop;
  std::vector<std::string> unknown;
};

AppliedOptions apply_options(const json::object& of_model, const json::object& of_request, std::uint32_t default_num_ctx);

}  // namespace fragua::inference
