#include "models/safetensors/tensor_plan.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

Layout small_layout() {
  LayoutRow table{"wide", "table", Size::positions, Size::embedding};
  table.keep_f32 = true;
  Layout layout;
  layout.prefixes = {"model."};
  layout.layer_prefix = "layers.";
  layout.ignored = {".mask", "extra."};
  layout.model = {
      table, {"norm", "norm", Size::embedding}, {"head", "output", Size::positions, Size::embedding, Need::optional}};
  layout.layer = {
      {"up", "ffn_up", Size::feed_forward, Size::embedding, Need::required, Need::optional, Rearrange::transpose}};
  return layout;
}

LayoutSizes small_sizes() {
  LayoutSizes sizes;
  sizes.sizes = {{Size::embedding, 4}, {Size::feed_forward, 6}, {Size::positions, 3}};
  sizes.layers = 1;
  return sizes;
}

ToyTensors small_tensors() {
  return {{"model.wide.weight", toy_tensor({3, 4})},        {"model.norm.gamma", toy_tensor({4})},
          {"model.layers.0.up.weight", toy_tensor({4, 6})}, {"model.layers.0.up.bias", toy_tensor({6}, 0, "F16")},
          {"model.layers.0.mask", toy_tensor({9, 9})},      {"extra.weight", toy_tensor({1})}};
}

struct Planned {
  TemporaryFolder folder;
  std::unique_ptr<TensorSet> tensors;
  TensorPlan plan;
  explicit Planned(const ToyTensors& source, const LayoutSizes& sizes = small_sizes()) {
    write_file_atomically(folder / "model.safetensors", safetensors_of(source));
    tensors = std::make_unique<TensorSet>(SourceFiles::of_folder(folder.path()));
    plan = plan_tensors(*tensors, small_layout(), sizes);
  }
};

}  // namespace

TEST_CASE("tensor plan: names, types and shapes follow the layout, in the order of the file") {
  const Planned planned(small_tensors());
  std::string text;
  for (const auto& tensor : planned.plan) {
    text += tensor.name + (tensor.type == TensorType::f16 ? " F16" : " F32");
    for (const auto size : tensor.shape) text += " " + std::to_string(size);
    text += "\n";
  }
  CHECK(text ==
        "blk.0.ffn_up.bias F32 6\n"
        "blk.0.ffn_up.weight F16 4 6\n"
        "norm.weight F32 4\n"
        "table.weight F32 4 3\n");
  CHECK(planned.plan[0].rearrange == Rearrange::none);
  CHECK(planned.plan[1].rearrange == Rearrange::transpose);
}

TEST_CASE("tensor plan: what does not fit the layout is refused by name") {
  struct Row {
    const char* erased;
    const char* added;
    ToyTensor tensor;
    const char* code;
    const char* reason;
  };
  const std::vector<Row> rows{
      {"model.norm.gamma", nullptr, {}, "corrupt", "lack the tensor \"norm.weight\""},
      {"", "layers.1.up.weight", toy_tensor({4, 6}), "unsupported", "layers.1.up.weight"},
      {"", "model.something.weight", toy_tensor({1}), "unsupported", "no place"},
      {"", "norm.weight", toy_tensor({4}), "corrupt", "there twice"},
      {"model.norm.gamma", "norm.weight", toy_tensor({5}), "corrupt", "[5] where config.json implies [4]"},
      {"model.norm.gamma", "norm.weight", toy_tensor({4, 1}), "corrupt", "[4, 1]"},
      {"model.layers.0.up.weight", "layers.0.up.weight", toy_tensor({6, 4}), "corrupt", "[4, 6]"},
      {"model.norm.gamma", "norm.weight", {"I8", {4}, "1234"}, "unsupported", "I8"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.reason));
    auto tensors = small_tensors();
    tensors.erase(row.erased);
    if (row.added) tensors[row.added] = row.tensor;
    const auto [code, message] = error_of([&] { Planned{tensors}; });
    CHECK(code == row.code);
    CHECK_MESSAGE(message.find(row.reason) != std::string::npos, message);
  }
}

TEST_CASE("tensor plan: the number of layers is bounded") {
  auto sizes = small_sizes();
  sizes.layers = kLayersMax + 1;
  CHECK(error_of([&] { Planned(small_tensors(), sizes); }).first == "invalid_argument");
}
