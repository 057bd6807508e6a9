#include <doctest/doctest.h>

#include "unit/models/safetensors/toy_models.h"

using namespace fragua;
using namespace fragua::models;

namespace {

// Each head's halves interleaved, as llama.cpp wants queries and keys.
std::vector<float> interleaved(const std::vector<float>& rows, std::size_t heads, std::size_t columns) {
  const auto half = rows.size() / columns / heads / 2;
  std::vector<float> result;
  for (std::size_t head = 0; head < heads; ++head) {
    for (std::size_t row = 0; row < half; ++row) {
      for (const auto part : {0, 1}) {
        const auto from = ((head * 2 + part) * half + row) * columns;
        result.insert(result.end(), rows.begin() + long(from), rows.begin() + long(from + columns));
      }
    }
  }
  return result;
}

}  // namespace

TEST_CASE("decoder: Llama's keys, tensors and rotated rows") {
  for (const std::string type : {"F32", "F16", "BF16"}) {
    CAPTURE(type);
    const auto model = toy_llama(type);
    const auto gguf = imported(model);
    check_keys(gguf, {{"general.architecture", "\"llama\""},
                      {"general.file_type", "1"},
                      {"llama.block_count", "2"},
                      {"llama.context_length", "4096"},
                      {"llama.embedding_length", "16"},
                      {"llama.feed_forward_length", "24"},
                      {"llama.attention.head_count", "4"},
                      {"llama.attention.head_count_kv", "2"},
                      {"llama.attention.key_length", "4"},
                      {"llama.rope.dimension_count", "4"},
                      {"llama.rope.freq_base", "5E5"},
                      {"llama.vocab_size", "6"}});
    CHECK(gguf.header.tensors.size() == 21);
    CHECK(gguf.values("blk.1.attn_q.weight") ==
          interleaved(toy_values(model, "model.layers.1.self_attn.q_proj.weight"), 4, 16));
    CHECK(gguf.values("blk.0.attn_k.weight") ==
          interleaved(toy_values(model, "model.layers.0.self_attn.k_proj.weight"), 2, 16));
    CHECK(gguf.values("blk.0.attn_v.weight") == toy_values(model, "model.layers.0.self_attn.v_proj.weight"));
    CHECK(gguf.values("output_norm.weight") == toy_values(model, "model.norm.weight"));
    CHECK(gguf.find("output_norm.weight")->type == std::uint32_t(TensorType::f32));
    CHECK(gguf.find("blk.0.ffn_down.weight")->type == std::uint32_t(TensorType::f16));
    CHECK(gguf.find("blk.0.ffn_down.weight")->shape[0] == 24);
    CHECK(gguf.find("blk.0.ffn_down.weight")->shape[1] == 16);
  }
}

TEST_CASE("decoder: Qwen2 keeps its rows as they are and has biases on queries, keys and values") {
  const auto model = toy_qwen2();
  const auto gguf = imported(model);
  check_keys(gguf, {{"general.architecture", "\"qwen2\""},
                    {"qwen2.attention.head_count_kv", "2"},
                    {"qwen2.attention.key_length", "absent"},
                    {"tokenizer.ggml.pre", "\"qwen2\""}});
  CHECK(gguf.values("blk.1.attn_q.weight") == toy_values(model, "model.layers.1.self_attn.q_proj.weight"));
  CHECK(gguf.values("blk.1.attn_k.bias") == toy_values(model, "model.layers.1.self_attn.k_proj.bias"));
  CHECK_FALSE(gguf.find("output.weight"));
  auto unbiased = model;
  unbiased.tensors.erase("model.layers.0.self_attn.k_proj.bias");
  CHECK(error_of([&] { imported(unbiased); }).first == "corrupt");
}

TEST_CASE("decoder: Llama's biases of queries and keys are rotated too") {
  auto model = toy_llama();
  for (const std::string layer : {"model.layers.0.", "model.layers.1."})
    model.add(layer + "self_attn.q_proj.bias", {16});
  CHECK(imported(model).values("blk.0.attn_q.bias") ==
        interleaved(toy_values(model, "model.layers.0.self_attn.q_proj.bias"), 4, 1));
}

TEST_CASE("decoder: Llama 3's scaling comes as a tensor before all others") {
  auto model = toy_llama();
  model.config["rope_scaling"] = json::object{{"rope_type", "llama3"}, {"factor", 8.0}};
  const auto gguf = imported(model);
  CHECK(gguf.header.tensors.front().name == "rope_freqs.weight");
  CHECK(gguf.values("rope_freqs.weight").size() == 2);
  CHECK(gguf.values("rope_freqs.weight")[0] == 1.0f);
}

TEST_CASE("decoder: SmolLM's vocabulary never adds a beginning") {
  auto model = toy_llama();
  model.config["vocab_size"] = 49152;
  model.tensors["model.embed_tokens.weight"] = toy_tensor({49152, 16});
  model.tensors["lm_head.weight"] = toy_tensor({49152, 16});
  CHECK(imported(model).value("tokenizer.ggml.add_bos_token") == "false");
}

TEST_CASE("decoder: a configuration that does not fit, or a mixture of experts, is refused") {
  struct Row {
    const char* field;
    json::value value;
    const char* code;
  };
  const std::vector<Row> rows{{"num_attention_heads", 32, "invalid_argument"},
                              {"num_key_value_heads", 3, "invalid_argument"},
                              {"head_dim", 3, "invalid_argument"},
                              {"head_dim", 8, "corrupt"},
                              {"num_hidden_layers", 3, "corrupt"},
                              {"num_hidden_layers", 1, "unsupported"},
                              {"vocab_size", 7, "corrupt"},
                              {"hidden_size", nullptr, "invalid_argument"},
                              {"num_local_experts", 8, "unsupported"},
                              {"hidden_act", "relu", "unsupported"}};
  for (const auto& row : rows) {
    CAPTURE(std::string(row.field));
    auto model = toy_llama();
    model.config[row.field] = row.value;
    CHECK(error_of([&] { imported(model); }).first == row.code);
  }
  auto untied = toy_llama();
  untied.tensors.erase("lm_head.weight");
  CHECK(error_of([&] { imported(untied); }).first == "corrupt");
}
