#include "engine/llama/attention_timing.h"

#include <ggml-alloc.h>
#include <ggml-backend.h>
#include <ggml-cpu.h>
#include <ggml.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <vector>

#include "base/error.h"

namespace fragua::engine {

namespace {

constexpr int kRuns = 3;
// Enough keys and values that they do not all lie in the caches, as in a real step.
constexpr std::size_t kWorkingSetBytes = 48u << 20;
constexpr int kNodesMax = 1024;

struct FreeGgml {
  void operator()(ggml_context* context) const { ggml_free(context); }
  void operator()(ggml_backend* backend) const { ggml_backend_free(backend); }
  void operator()(ggml_backend_buffer* buffer) const { ggml_backend_buffer_free(buffer); }
};
template <class T>
using Handle = std::unique_ptr<T, FreeGgml>;

int layers_measured(const AttentionShape& shape, const AttentionWork& work) {
  if (work.queries > 1) return std::min(shape.layers, 2);  // bound by arithmetic, not by memory
  const auto layer_bytes = std::size_t(work.depth) * std::size_t(shape.heads_kv * shape.head_size) * 4;
  return std::clamp(int(kWorkingSetBytes / std::max<std::size_t>(layer_bytes, 1)), 1, shape.layers);
}

// One layer's attention as llama.cpp builds it (llm_graph_context::build_attn_mha).
ggml_tensor* layer(ggml_context* context, const AttentionShape& shape, const AttentionWork& work, bool flash) {
  const auto size = shape.head_size;
  const auto scale = 1.0F / std::sqrt(float(size));
  auto* q = ggml_permute(context, ggml_new_tensor_3d(context, GGML_TYPE_F32, size, shape.heads, work.queries), 0, 2, 1, 3);
  auto* k = ggml_permute(context, ggml_new_tensor_3d(context, GGML_TYPE_F16, size, shape.heads_kv, work.depth), 0, 2, 1, 3);
  auto* mask = ggml_new_tensor_2d(context, flash ? GGML_TYPE_F16 : GGML_TYPE_F32, work.depth, work.queries);
  if (flash) {
    auto* v = ggml_permute(context, ggml_new_tensor_3d(context, GGML_TYPE_F16, size, shape.heads_kv, work.depth), 0, 2, 1, 3);
    return ggml_flash_attn_ext(context, q, k, v, mask, scale, 0, 0);
  }
  auto* v = ggml_new_tensor_3d(context, GGML_TYPE_F16, work.depth, size, shape.heads_kv);
  auto* weights = ggml_soft_max_ext(context, ggml_mul_mat(context, k, q), mask, scale, 0);
  auto* values = ggml_permute(context, ggml_mul_mat(context, v, weights), 0, 2, 1, 3);
  return ggml_cont_2d(context, values, std::int64_t(size) * shape.heads, work.queries);
}

}  // namespace

double attention_ms(const AttentionShape& shape, const AttentionWork& work, bool flash, int threads) {
  const int layers = layers_measured(shape, work);
  const auto arena_bytes = ggml_tensor_overhead() * kNodesMax + ggml_graph_overhead_custom(kNodesMax, false);
  Handle<ggml_context> context(ggml_init({arena_bytes, nullptr, true}));
  auto* graph = ggml_new_graph_custom(context.get(), kNodesMax, false);
  for (int i = 0; i < layers; ++i) ggml_build_forward_expand(graph, layer(context.get(), shape, work, flash));
  Handle<ggml_backend> backend(ggml_backend_cpu_init());
  ggml_backend_cpu_set_n_threads(backend.get(), threads);
  Handle<ggml_backend_buffer> buffer(ggml_backend_alloc_ctx_tensors(context.get(), backend.get()));
  if (!buffer) throw Error(ErrorCode::overloaded, "not enough memory to measure attention");
  ggml_backend_buffer_clear(buffer.get(), 0);  // zeros: no not-a-number, and a mask that hides nothing
  double best_ms = 0;
  for (int run = 0; run < kRuns; ++run) {
    const auto start = std::chrono::steady_clock::now();
    if (ggml_backend_graph_compute(backend.get(), graph) != GGML_STATUS_SUCCESS)
      throw Error(ErrorCode::internal, "attention could not be measured");
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (run == 0 || ms < best_ms) best_ms = ms;
  }
  return best_ms * shape.layers / layers;
}

}  // namespace fragua::engine
