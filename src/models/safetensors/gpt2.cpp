// GPT-2 and what was trained from it (DialoGPT): learned positions, fused attention, matrices stored transposed.
#include "base/error.h"
#include "models/gguf_writer.h"
#include "models/safetensors/architecture.h"
#include "models/safetensors/tokenizer.h"

namespace fragua::models {

namespace {

struct Gpt2 {
  std::uint32_t layers, embedding, feed_forward, heads, vocabulary, positions;
};

Gpt2 read_gpt2(const ModelConfig& config) {
  Gpt2 gpt2{};
  gpt2.layers = config.require_count({"n_layer", "num_hidden_layers"});
  gpt2.embedding = config.require_count({"n_embd", "hidden_size"});
  gpt2.feed_forward = config.count({"n_inner", "intermediate_size"}, 4 * gpt2.embedding);
  gpt2.heads = config.require_count({"n_head", "num_attention_heads"});
  gpt2.vocabulary = config.require_count({"vocab_size"});
  constexpr std::uint32_t kDefaultPositions = 1024;
  gpt2.positions = config.count({"n_ctx", "n_positions", "max_position_embeddings"}, kDefaultPositions);
  config.check_text("activation_function", {"gelu_new", "gelu", "gelu_fast", "gelu_pytorch_tanh"});
  return gpt2;
}

Layout gpt2_layout() {
  const auto norm = [](std::string_view source, std::string_view target) {
    return LayoutRow{source, target, Size::embedding, Size::none, Need::required, Need::required};
  };
  const auto matrix = [](std::string_view source, std::string_view target, Size rows, Size columns) {
    return LayoutRow{source, target, rows, columns, Need::required, Need::required, Rearrange::transpose};
  };
  Layout layout;
  layout.prefixes = {"transformer."};
  layout.layer_prefix = "h.";
  layout.ignored = {".attn.bias", ".attn.masked_bias"};
  LayoutRow positions{"wpe", "position_embd", Size::positions, Size::embedding};
  positions.keep_f32 = true;
  layout.model = {{"wte", "token_embd", Size::vocabulary, Size::embedding},
                  positions,
                  norm("ln_f", "output_norm"),
                  {"lm_head", "output", Size::vocabulary, Size::embedding, Need::optional}};
  layout.layer = {norm("ln_1", "attn_norm"),
                  norm("ln_2", "ffn_norm"),
                  matrix("attn.c_attn", "attn_qkv", Size::query_key_value, Size::embedding),
                  matrix("attn.c_proj", "attn_output", Size::embedding, Size::embedding),
                  matrix("mlp.c_fc", "ffn_up", Size::feed_forward, Size::embedding),
                  matrix("mlp.c_proj", "ffn_down", Size::embedding, Size::feed_forward)};
  return layout;
}

}  // namespace

TensorPlan plan_gpt2(const ModelSource& source) {
  const auto gpt2 = read_gpt2(source.config);
  LayoutSizes sizes;
  sizes.layers = gpt2.layers;
  sizes.sizes = {{Size::embedding, gpt2.embedding},
                 {Size::feed_forward, gpt2.feed_forward},
                 {Size::query_key_value, 3ull * gpt2.embedding},
                 {Size::vocabulary, gpt2.vocabulary},
                 {Size::positions, gpt2.positions}};
  return plan_tensors(source.tensors, gpt2_layout(), sizes);
}

void describe_gpt2(const ModelSource& source, GgufWriter& writer) {
  const auto gpt2 = read_gpt2(source.config);
  writer.set_uint32("gpt2.block_count", gpt2.layers);
  writer.set_uint32("gpt2.context_length", gpt2.positions);
  writer.set_uint32("gpt2.embedding_length", gpt2.embedding);
  writer.set_uint32("gpt2.feed_forward_length", gpt2.feed_forward);
  writer.set_uint32("gpt2.attention.head_count", gpt2.heads);
  constexpr float kDefaultEpsilon = 1e-5f;
  writer.set_float("gpt2.attention.layer_norm_epsilon", source.config.number({"layer_norm_epsilon"}, kDefaultEpsilon));
  writer.set_uint32("general.file_type", kFileTypeF16);
}

void describe_gpt2_tokenizer(const ModelSource& source, GgufWriter& writer) {
  Tokenizer(source.files, source.config).describe_decoder("gpt-2", writer);
}

}  // namespace fragua::models
