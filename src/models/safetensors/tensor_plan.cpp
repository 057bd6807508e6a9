#include "models/safetensors/tensor_plan.h"

#include <algorithm>

#include "base/error.h"

namespace fragua::models {

namespace {

struct Expected {
  PlannedTensor planned;
  std::vector<std::uint64_t> source_shape;  // outermost first
  bool required = false;
};

using Expectations = std::map<std::string, Expected>;

class Expander {
 public:
  explicit Expander(const LayoutSizes& sizes) : sizes_(sizes) {}

  void add(const LayoutRow& row, const std::string& source_prefix, const std::string& target_prefix) {
    const auto source = source_prefix + std::string(row.source);
    const auto target = target_prefix + std::string(row.target);
    std::vector<std::uint64_t> shape{sizes_.sizes.at(row.rows)};
    if (row.columns != Size::none) shape.push_back(sizes_.sizes.at(row.columns));
    if (row.weight != Need::absent) {
      auto& weight = add_tensor(source + ".weight", target + ".weight", shape, row);
      weight.required = row.weight == Need::required;
      if (shape.size() > 1 && !row.keep_f32) weight.planned.type = TensorType::f16;
      if (row.rearrange == Rearrange::transpose) std::ranges::reverse(weight.source_shape);
    }
    if (row.bias != Need::absent) {
      auto& bias = add_tensor(source + ".bias", target + ".bias", {shape.front()}, row);
      bias.required = row.bias == Need::required;
      if (row.rearrange == Rearrange::transpose) bias.planned.rearrange = Rearrange::none;
    }
  }

  Expectations take() { return std::move(expectations_); }

 private:
  Expected& add_tensor(std::string source, std::string target, std::vector<std::uint64_t> shape, const LayoutRow& row) {
    auto& expected = expectations_[std::move(source)];
    expected.source_shape = shape;
    std::ranges::reverse(shape);
    expected.planned.name = std::move(target);
    expected.planned.type = TensorType::f32;
    expected.planned.shape = std::move(shape);
    expected.planned.rearrange = row.rearrange;
    expected.planned.heads = row.rows == Size::key_value ? sizes_.key_value_heads : sizes_.query_heads;
    return expected;
  }

  const LayoutSizes& sizes_;
  Expectations expectations_;
};

Expectations expand(const Layout& layout, const LayoutSizes& sizes) {
  if (sizes.layers > kLayersMax) throw Error(ErrorCode::invalid_argument, "config.json names too many layers");
  Expander expander(sizes);
  for (const auto& row : layout.model) expander.add(row, "", "");
  for (std::uint64_t layer = 0; layer < sizes.layers; ++layer) {
    const auto number = std::to_string(layer) + ".";
    for (const auto& row : layout.layer) expander.add(row, std::string(layout.layer_prefix) + number, "blk." + number);
  }
  return expander.take();
}

// Without a wrapper's prefix, and with the new names of what very old files call gamma and beta.
std::string plain_name(std::string_view name, const Layout& layout) {
  for (const auto prefix : layout.prefixes) {
    if (name.starts_with(prefix)) {
      name.remove_prefix(prefix.size());
      break;
    }
  }
  const auto replaced = [&](std::string_view old_suffix, const char* suffix) {
    return std::string(name.substr(0, name.size() - old_suffix.size())) + suffix;
  };
  if (name.ends_with(".gamma")) return replaced(".gamma", ".weight");
  if (name.ends_with(".beta")) return replaced(".beta", ".bias");
  return std::string(name);
}

std::string shown(const std::vector<std::uint64_t>& shape) {
  std::string text = "[";
  for (const auto size : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

void check(const SourceTensor& tensor, const Expected& expected) {
  if (tensor.type == SourceType::other) {
    throw Error(ErrorCode::unsupported, "tensor \"" + tensor.name + "\" has the data type " + tensor.type_name +
                                            "; F32, F16 and BF16 can be imported");
  }
  if (tensor.shape != expected.source_shape) {
    throw Error(ErrorCode::corrupt, "tensor \"" + tensor.name + "\" has the shape " + shown(tensor.shape) +
                                        " where config.json implies " + shown(expected.source_shape));
  }
}

}  // namespace

TensorPlan plan_tensors(const TensorSet& tensors, const Layout& layout, const LayoutSizes& sizes) {
  auto expectations = expand(layout, sizes);
  TensorPlan plan;
  for (const auto& located : tensors.all()) {
    const auto& name = located.tensor->name;
    const auto plain = plain_name(name, layout);
    const auto is_ignored = [&](std::string_view part) { return plain.starts_with(part) || plain.ends_with(part); };
    if (std::ranges::any_of(layout.ignored, is_ignored)) continue;
    const auto found = expectations.find(plain);
    if (found == expectations.end()) {
      throw Error(ErrorCode::unsupported, "tensor \"" + name + "\" has no place in this architecture");
    }
    auto& expected = found->second;
    if (expected.planned.source.tensor) throw Error(ErrorCode::corrupt, "tensor \"" + plain + "\" is there twice");
    check(*located.tensor, expected);
    expected.planned.source = located;
    plan.push_back(expected.planned);
  }
  for (const auto& [name, expected] : expectations) {
    if (expected.required && !expected.planned.source.tensor) {
      throw Error(ErrorCode::corrupt, "the weights lack the tensor \"" + name + "\"");
    }
  }
  return plan;
}

}  // namespace fragua::models
