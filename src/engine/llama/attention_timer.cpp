#include "engine/llama/attention_timer.h"

#include <ggml-alloc.h>
#include <ggml-backend.h>
#include <ggml-cpu.h>
#include <ggml.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/error.h"

namespace fragua::engine {

namespace {

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
  auto* q =
      ggml_permute(context, ggml_new_tensor_3d(context, GGML_TYPE_F32, size, shape.heads, work.queries), 0, 2, 1, 3);
  auto* k =
      ggml_permute(context, ggml_new_tensor_3d(context, GGML_TYPE_F16, size, shape.heads_kv, work.depth), 0, 2, 1, 3);
  auto* mask = ggml_new_tensor_2d(context, flash ? GGML_TYPE_F16 : GGML_TYPE_F32, work.depth, work.queries);
  if (flash) {
    auto* v =
        ggml_permute(context, ggml_new_tensor_3d(context, GGML_TYPE_F16, size, shape.heads_kv, work.depth), 0, 2, 1, 3);
    return ggml_flash_attn_ext(context, q, k, v, mask, scale, 0, 0);
  }
  auto* v = ggml_new_tensor_3d(context, GGML_TYPE_F16, work.depth, size, shape.heads_kv);
  auto* weights = ggml_soft_max_ext(context, ggml_mul_mat(context, k, q), mask, scale, 0);
  auto* values = ggml_permute(context, ggml_mul_mat(context, v, weights), 0, 2, 1, 3);
  return ggml_cont_2d(context, values, std::int64_t(size) * shape.heads, work.queries);
}

}  // namespace

struct AttentionTimer::Parts {
  Handle<ggml_context> context;
  Handle<ggml_backend> backend;
  Handle<ggml_backend_buffer> buffer;
  ggml_cgraph* graph = nullptr;
  double share = 1;  // of a query in what one run computes
};

AttentionTimer::AttentionTimer(const AttentionShape& shape, const AttentionWork& work, bool flash, int threads)
    : parts_(std::make_unique<Parts>()) {
  const int layers = layers_measured(shape, work);
  auto& context = parts_->context;
  context.reset(
      ggml_init({ggml_tensor_overhead() * kNodesMax + ggml_graph_overhead_custom(kNodesMax, false), nullptr, true}));
  parts_->graph = ggml_new_graph_custom(context.get(), kNodesMax, false);
  for (int i = 0; i < layers; ++i) ggml_build_forward_expand(parts_->graph, layer(context.get(), shape, work, flash));
  parts_->backend.reset(ggml_backend_cpu_init());
  ggml_backend_cpu_set_n_threads(parts_->backend.get(), threads);
  parts_->buffer.reset(ggml_backend_alloc_ctx_tensors(context.get(), parts_->backend.get()));
  if (!parts_->buffer) throw Error(ErrorCode::overloaded, "not enough memory to measure attention");
  ggml_backend_buffer_clear(parts_->buffer.get(), 0);  // a mask of zeros hides nothing
  parts_->share = double(shape.layers) / layers / work.queries;
}

AttentionTimer::~AttentionTimer() = default;

double AttentionTimer::run_ms() {
  const auto start = std::chrono::steady_clock::now();
  if (ggml_backend_graph_compute(parts_->backend.get(), parts_->graph) != GGML_STATUS_SUCCESS)
    throw Error(ErrorCode::internal, "attention could not be measured");
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() * parts_->share;
}

}  // namespace fragua::engine
