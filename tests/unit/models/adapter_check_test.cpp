#include "models/adapter_check.h"

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Tensor {
  std::string name;
  std::vector<std::uint64_t> shape;
};

GgufHeader header_of(const std::vector<Tensor>& tensors, const std::string& architecture = "llama") {
  GgufHeader header;
  GgufKey key;
  key.key = "general.architecture";
  key.type = GgufType::string;
  key.value = architecture;
  header.keys.push_back(key);
  for (const auto& tensor : tensors) {
    GgufTensor entry;
    entry.name = tensor.name;
    entry.dimensions = std::uint32_t(tensor.shape.size());
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) entry.shape[i] = tensor.shape[i];
    header.tensors.push_back(entry);
  }
  return header;
}

const GgufHeader kModel = header_of({{"token_embd.weight", {64, 100}}, {"blk.0.attn_q.weight", {64, 32}}});

std::string problem(const std::vector<Tensor>& tensors, const std::string& architecture = "llama") {
  return adapter_problem(header_of(tensors, architecture), kModel).value_or("");
}

}  // namespace

TEST_CASE("adapter check: halves that multiply to the weight's shape fit") {
  CHECK(problem({{"blk.0.attn_q.weight.lora_a", {64, 8}}, {"blk.0.attn_q.weight.lora_b", {8, 32}}}).empty());
  CHECK(problem({{"token_embd.weight.lora_a", {8, 100}}, {"token_embd.weight.lora_b", {8, 64}}}).empty());
}

TEST_CASE("adapter check: what does not fit is named") {
  struct Case {
    std::vector<Tensor> tensors;
    const char* says;
  };
  const Case cases[] = {
      {{{"blk.0.attn_q.weight.lora_a", {48, 8}}, {"blk.0.attn_q.weight.lora_b", {8, 32}}},
       "does not fit 'blk.0.attn_q.weight': it is 64 x 32"},
      {{{"blk.0.attn_q.weight.lora_a", {64, 8}}, {"blk.0.attn_q.weight.lora_b", {8, 31}}}, "8 x 31"},
      {{{"blk.0.attn_q.weight.lora_a", {64, 8}}, {"blk.0.attn_q.weight.lora_b", {4, 32}}}, "does not fit"},
      {{{"blk.0.attn_q.weight.lora_a", {64, 8}}}, "only one half of 'blk.0.attn_q.weight'"},
      {{{"blk.7.attn_q.weight.lora_a", {64, 8}}, {"blk.7.attn_q.weight.lora_b", {8, 32}}},
       "which the model does not have"},
      {{{"blk.0.attn_q.weight", {64, 32}}}, "no LoRA tensors"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.says);
    CHECK(problem(c.tensors).find(c.says) != std::string::npos);
  }
  CHECK(problem({}, "qwen2").find("trained for qwen2") != std::string::npos);
}
