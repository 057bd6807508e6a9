#include "engine/llama/memory.h"

#include <fit.h>
#include <ggml-backend.h>
#include <llama-ext.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "engine/llama/metadata.h"

namespace fragua::engine {

namespace {

// Left free on each GPU: the driver's own part, a context that grows, a screen.
constexpr std::uint64_t kGpuMarginBytes = 1ull << 30;
// Of what is free once the model is loaded: for what is computed in.
constexpr std::uint64_t kGpuComputeBytes = 512ull << 20;
constexpr std::uint32_t kContextMin = 4096;

std::vector<ggml_backend_dev_t> gpus() {
  std::vector<ggml_backend_dev_t> found;
  for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
    const auto device = ggml_backend_dev_get(i);
    const auto type = ggml_backend_dev_type(device);
    if (type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU) found.push_back(device);
  }
  return found;
}

std::uint64_t gpu_free_bytes() {
  std::uint64_t sum = 0;
  for (const auto device : gpus()) {
    std::size_t free = 0, total = 0;
    ggml_backend_dev_memory(device, &free, &total);
    sum += free;
  }
  return sum;
}

// Bytes that one token takes in the KV cache (f16 keys and values of every layer).
std::uint64_t cell_bytes(const llama_model* model) {
  const int width = llama_model_n_embd(model) / std::max(1, llama_model_n_head(model));  // of a head, where the file leaves it to this
  const auto heads = std::uint64_t(std::max(1, llama_model_n_head_kv(model))), layers = std::uint64_t(llama_model_n_layer(model));
  const auto prefix = metadata(model, "general.architecture") + ".attention.";
  const auto of_head = metadata_number(model, prefix + "key_length", width) + metadata_number(model, prefix + "value_length", width);
  return std::max<std::uint64_t>(1, 2 * std::uint64_t(of_head) * heads * layers);
}

// What is loaded beside the weights, which the fit does not know of.
std::uint64_t extra_bytes(const LoadRequest& request) {
  std::uint64_t sum = 0;
  auto paths = request.adapter_paths;
  if (!request.projector_path.empty()) paths.push_back(request.projector_path);
  for (const auto& path : paths) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(path, missing);
    if (!missing) sum += bytes;
  }
  return sum;
}

}  // namespace

LoadPlan::LoadPlan(const LoadRequest& request) : params(llama_model_default_params()) {
  params.n_gpu_layers = request.gpu_layers;
  params.load_mode = request.use_mmap ? LLAMA_LOAD_MODE_MMAP : LLAMA_LOAD_MODE_NONE;
  if (request.gpu_layers == 0) stay_on_cpu();
  if (request.gpu_layers < 0 && has_gpu()) fit(request);
}

// When it cannot be settled the parameters stay as they were: all layers, and the load says whether they fit.
void LoadPlan::fit(const LoadRequest& request) {
  tensor_split_.resize(llama_max_devices());
  overrides_.resize(llama_max_tensor_buft_overrides());
  std::vector<std::size_t> margins(llama_max_devices(), kGpuMarginBytes + extra_bytes(request));
  auto context = llama_context_default_params();
  context.n_ctx = std::max(request.context_tokens, request.context_tokens_hint);
  context.kv_unified = true;
  context.swa_full = true;
  common_fit_params(request.model_path.c_str(), &params, &context, tensor_split_.data(), overrides_.data(), margins.data(), kContextMin, nullptr,
                    GGML_LOG_LEVEL_ERROR);
}

int LoadPlan::gpu_layers(const llama_model* model) const {
  if (!has_gpu()) return 0;
  return params.n_gpu_layers < 0 ? layers_in(model) : std::min(params.n_gpu_layers, layers_in(model));
}

// Without a device llama.cpp leaves the GPU alone; with one it would compute long prompts there all the same.
void LoadPlan::stay_on_cpu() {
  static ggml_backend_dev_t no_device[] = {nullptr};
  params.devices = no_device;
  params.n_gpu_layers = 0;
  params.tensor_split = nullptr;
  params.tensor_buft_overrides = nullptr;
}

bool has_gpu() { return !gpus().empty(); }

int layers_in(const llama_model* model) { return llama_model_n_layer(model) + 1; }

std::size_t affordable_cells(const llama_model* model, int gpu_layers, std::uint64_t memory_bytes) {
  const auto layers = std::uint64_t(std::max(1, llama_model_n_layer(model)));
  const auto on_gpu = std::min(layers, std::uint64_t(std::max(0, gpu_layers - 1)));  // the output, which goes there first, has no cells
  const auto of_layer = cell_bytes(model) / layers;
  std::uint64_t cells = std::numeric_limits<std::uint64_t>::max();
  if (on_gpu < layers) cells = memory_bytes / std::max<std::uint64_t>(1, of_layer * (layers - on_gpu));
  if (on_gpu > 0) {
    // A cache that doubles stands beside the one it replaces.
    const auto free = gpu_free_bytes();
    const auto room = free > kGpuComputeBytes ? (free - kGpuComputeBytes) / 3 * 2 : 0;
    cells = std::min(cells, room / std::max<std::uint64_t>(1, of_layer * on_gpu));
  }
  return std::size_t(cells);
}

std::uint64_t gpu_bytes(const llama_context* context) {
  std::uint64_t sum = 0;
  for (const auto& [type, memory] : llama_get_memory_breakdown(context))
    if (!ggml_backend_buft_is_host(type)) sum += memory.total();
  return sum;
}

}  // namespace fragua::engine
