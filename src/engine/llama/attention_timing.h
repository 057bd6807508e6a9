// AttentionTiming: how long attention takes on this machine for a model's shape, with ggml's fused kernel (flash attention) and
// with separate products. Neither is the faster one everywhere, and no table knows: so both are measured, on random numbers.
// Callers: tuning, once per model and machine. Threads: the caller's, and ggml's below. Never touches the model's own memory.
#pragma once
#include <cstdint>

namespace fragua::engine {

struct AttentionShape {
  int layers = 0;
  int heads = 0;
  int heads_kv = 0;
  int head_size = 0;
};

struct AttentionWork {
  int queries = 1;   // tokens computed together
  int depth = 2048;  // tokens attended over
};

// Milliseconds for all layers of one step: the best of a few runs. Measures some of the layers and scales.
double attention_ms(const AttentionShape& shape, const AttentionWork& work, bool flash, int threads);

}  // namespace fragua::engine
