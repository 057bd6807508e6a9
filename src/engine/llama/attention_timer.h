// AttentionTimer: how long attention takes on this machine for a model's shape, with ggml's fused kernel (flash
// attention) or with separate products, on zeros. Callers: tuning, once per model and machine. Threads: the caller's,
// and ggml's below. Never touches the model's own memory.
#pragma once
#include <memory>

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

class AttentionTimer {
 public:
  // Error(overloaded): no memory for keys and values of that depth.
  AttentionTimer(const AttentionShape& shape, const AttentionWork& work, bool flash, int threads);
  ~AttentionTimer();
  // Milliseconds a query for all of the model's layers; computes some of them and scales.
  double run_ms();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fragua::engine
