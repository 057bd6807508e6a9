#include "models/adapter_check.h"

#include <map>

#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::string_view kA = ".lora_a", kB = ".lora_b";
constexpr std::string_view kEmbedding = "token_embd.weight";

struct Pair {
  const GgufTensor* a = nullptr;
  const GgufTensor* b = nullptr;
};

std::string in_quotes(std::string_view name) { return "'" + sanitized_utf8(name) + "'"; }

std::string shape_of(const GgufTensor& tensor) {
  return std::to_string(tensor.shape[0]) + " x " + std::to_string(tensor.shape[1]);
}

// B·A must be a change to the weight: A [in, rank], B [rank, out]. For the embedding both lie the other way round.
std::optional<std::string> pair_problem(const std::string& name, const Pair& pair, const GgufTensor* weight) {
  if (!pair.a || !pair.b) return "the adapter has only one half of " + in_quotes(name);
  if (!weight) return "the adapter changes " + in_quotes(name) + ", which the model does not have";
  const auto& a = pair.a->shape;
  const auto& b = pair.b->shape;
  const bool fits = name == kEmbedding ? weight->shape[0] == b[1] && weight->shape[1] == a[1]
                                       : weight->shape[0] == a[0] && weight->shape[1] == b[1] && a[1] == b[0];
  if (fits) return std::nullopt;
  return "the adapter does not fit " + in_quotes(name) + ": it is " + shape_of(*weight) +
         " in the model, and the adapter's halves are " + shape_of(*pair.a) + " and " + shape_of(*pair.b);
}

}  // namespace

std::optional<std::string> adapter_problem(const GgufHeader& adapter, const GgufHeader& model) {
  if (adapter.architecture() != model.architecture())
    return "the adapter was trained for " + sanitized_utf8(adapter.architecture()) + " and the model is " +
           sanitized_utf8(model.architecture());
  std::map<std::string, Pair> pairs;
  for (const auto& tensor : adapter.tensors) {
    const std::string_view name = tensor.name;
    if (name.ends_with(kA))
      pairs[std::string(name.substr(0, name.size() - kA.size()))].a = &tensor;
    else if (name.ends_with(kB))
      pairs[std::string(name.substr(0, name.size() - kB.size()))].b = &tensor;
  }
  if (pairs.empty()) return "the adapter holds no LoRA tensors";
  std::map<std::string_view, const GgufTensor*> weights;
  for (const auto& tensor : model.tensors) weights[tensor.name] = &tensor;
  for (const auto& [name, pair] : pairs) {
    const auto found = weights.find(name);
    if (auto problem = pair_problem(name, pair, found == weights.end() ? nullptr : found->second)) return problem;
  }
  return std::nullopt;
}

}  // namespace fragua::models
