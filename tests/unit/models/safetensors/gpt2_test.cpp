#include <doctest/doctest.h>

#include "unit/models/safetensors/toy_models.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("GPT-2: keys, transposed matrices, the mask left out") {
  const auto model = toy_gpt2();
  const auto gguf = imported(model);
  check_keys(gguf, {{"general.architecture", "\"gpt2\""},
                    {"gpt2.block_count", "2"},
                    {"gpt2.context_length", "16"},
                    {"gpt2.feed_forward_length", "32"},
                    {"tokenizer.ggml.pre", "\"gpt-2\""},
                    {"tokenizer.ggml.eos_token_id", "5"},
                    {"tokenizer.ggml.token_type", "[1,1,1,1,1,3]"}});
  CHECK(gguf.header.tensors.size() == 28);
  const auto source = toy_values(model, "transformer.h.1.attn.c_attn.weight");  // 8 x 24
  std::vector<float> expected;
  for (std::size_t row = 0; row < 24; ++row) {
    for (std::size_t column = 0; column < 8; ++column) expected.push_back(source[column * 24 + row]);
  }
  CHECK(gguf.values("blk.1.attn_qkv.weight") == expected);
  CHECK(gguf.find("blk.1.attn_qkv.weight")->shape[0] == 8);
  CHECK(gguf.values("blk.1.attn_qkv.bias") == toy_values(model, "transformer.h.1.attn.c_attn.bias"));
  CHECK(gguf.find("position_embd.weight")->type == std::uint32_t(TensorType::f32));
  CHECK(gguf.find("token_embd.weight")->type == std::uint32_t(TensorType::f16));
}

TEST_CASE("GPT-2: the names of the first release, without a prefix, are the same model") {
  auto model = toy_gpt2();
  ToyTensors plain;
  for (const auto& [name, tensor] : model.tensors) plain[name.substr(std::string("transformer.").size())] = tensor;
  const auto with_prefix = imported(model).all_data();
  model.tensors = plain;
  CHECK((imported(model).all_data() == with_prefix));
}

TEST_CASE("GPT-2: another width of the feed-forward part, and an output matrix of its own") {
  auto model = toy_gpt2();
  model.config["n_inner"] = 16;
  CHECK(error_of([&] { imported(model); }).first == "corrupt");
  model = toy_gpt2();
  model.add("lm_head.weight", {6, 8});
  CHECK(imported(model).values("output.weight") == toy_values(model, "lm_head.weight"));
}
