// What becomes of each tensor: its name in the GGUF, its type, and how its data is rearranged on the way.
// Callers: models/safetensors. Threads: any; a plan points into the TensorSet it was made from.
// A layout is a table of an architecture's tensors; whatever does not fit the table is refused before anything is
// written.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/gguf_types.h"
#include "models/safetensors/tensor_set.h"

namespace fragua::models {

enum class Rearrange {
  none,
  transpose,    // GPT-2 stores its matrices the other way round
  rotary_rows,  // llama.cpp rotates neighbouring pairs where Hugging Face rotates halves
};

struct PlannedTensor {
  std::string name;
  TensorType type = TensorType::f16;
  std::vector<std::uint64_t> shape;  // of the result, the fastest dimension first
  LocatedTensor source;              // nothing for a tensor that is computed
  Rearrange rearrange = Rearrange::none;
  std::uint64_t heads = 0;    // for rotary_rows
  std::vector<float> values;  // of a computed tensor
};

using TensorPlan = std::vector<PlannedTensor>;

// The sizes of one model, by the role they play in shapes.
enum class Size {
  none,
  embedding,
  feed_forward,
  query,
  key_value,
  query_key_value,
  vocabulary,
  positions,
  token_types
};
using Sizes = std::map<Size, std::uint64_t>;

enum class Need { required, optional, absent };

// One row: the weight (rows x columns, or a vector when columns is `none`) and the bias (rows) of one part.
struct LayoutRow {
  std::string_view source;  // without ".weight"
  std::string_view target;
  Size rows;
  Size columns = Size::none;
  Need weight = Need::required;
  Need bias = Need::absent;
  Rearrange rearrange = Rearrange::none;
  bool keep_f32 = false;
};

struct Layout {
  std::vector<LayoutRow> model;            // parts there is one of
  std::vector<LayoutRow> layer;            // parts of each layer
  std::string_view layer_prefix;           // "model.layers."
  std::vector<std::string_view> prefixes;  // a wrapper's prefix that may stand before every name
  std::vector<std::string_view> ignored;   // names that begin or end so are not needed
};

constexpr std::uint64_t kLayersMax = 2'000;

struct LayoutSizes {
  Sizes sizes;
  std::uint64_t layers = 0;
  std::uint64_t query_heads = 0;
  std::uint64_t key_value_heads = 0;
};

// Error: unsupported (a tensor the architecture has no place for), corrupt (one is missing or has another shape).
TensorPlan plan_tensors(const TensorSet& tensors, const Layout& layout, const LayoutSizes& sizes);

}  // namespace fragua::models
