// Memory: what of a model goes to the GPUs, how many cells of context are affordable beside it, and what it takes there.
// Callers: engine/llama. Threads: the loading one (LoadPlan changes llama.cpp's logger while it measures).
// A machine without GPUs, or a build without CUDA, has all on the CPU and measures nothing. Never decides what else is loaded:
// that is inference/fleet.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/llama/handles.h"
#include "engine/model.h"

namespace fragua::engine {

// llama.cpp's parameters for a load, with what they point to: it must outlive the load.
// gpu_layers < 0: as many layers as fit into what is free, with room for the context and a margin (llama.cpp's own common_fit_params,
// which leaves the experts of a mixture on the CPU before whole layers).
class LoadPlan {
 public:
  explicit LoadPlan(const LoadRequest& request);
  LoadPlan(const LoadPlan&) = delete;
  LoadPlan& operator=(const LoadPlan&) = delete;

  llama_model_params params;
  // The layers on GPUs, of layers_in(model); 0 where there is none.
  int gpu_layers(const llama_model* model) const;
  void stay_on_cpu();

 private:
  void fit(const LoadRequest& request);

  std::vector<float> tensor_split_;
  std::vector<llama_model_tensor_buft_override> overrides_;
};

bool has_gpu();

// What can be on a GPU: its layers, and the output as one more.
int layers_in(const llama_model* model);

// Cells that fit: `memory_bytes` of the machine for layers on the CPU, what is free on the GPUs for theirs.
std::size_t affordable_cells(const llama_model* model, int gpu_layers, std::uint64_t memory_bytes);

// What model and context take of the GPUs' memory: weights, cells, and what is computed in; not the driver's own part.
std::uint64_t gpu_bytes(const llama_context* context);

}  // namespace fragua::engine
