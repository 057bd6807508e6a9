// The data of a planned tensor as the GGUF wants it: read in pieces, rearranged, converted to F16 or F32.
// Callers: models/safetensors/importer. Threads: any, one tensor each; blocks on the disk.
// Holds one piece of a few MiB, or one whole matrix while it transposes it; never the model.
#pragma once
#include <functional>
#include <string_view>

#include "models/safetensors/tensor_plan.h"

namespace fragua::models {

constexpr std::uint64_t kTransposeMaxBytes = 4ull << 30;

using DataSink = std::function<void(std::string_view)>;

// Error: corrupt (the file became shorter), unsupported (a value that F16 cannot hold, a matrix too large to
// transpose).
void produce_data(const PlannedTensor& planned, const DataSink& sink);

}  // namespace fragua::models
