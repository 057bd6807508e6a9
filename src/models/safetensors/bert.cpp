// BERT and the sentence embedders made from it (MiniLM, BGE): WordPiece, learned positions, pooled output.
#include "base/error.h"
#include "models/gguf_writer.h"
#include "models/safetensors/architecture.h"
#include "models/safetensors/tokenizer.h"

namespace fragua::models {

namespace {

enum Pooling : std::uint32_t { kMean = 1, kCls = 2, kLast = 3 };  // as llama.cpp numbers them

struct Bert {
  std::uint32_t layers, embedding, feed_forward, heads, vocabulary, positions, token_types;
};

Bert read_bert(const ModelConfig& config) {
  constexpr std::uint32_t kDefaultPositions = 512;
  Bert bert{};
  bert.layers = config.require_count({"num_hidden_layers"});
  bert.embedding = config.require_count({"hidden_size"});
  bert.feed_forward = config.require_count({"intermediate_size"});
  bert.heads = config.require_count({"num_attention_heads"});
  bert.vocabulary = config.require_count({"vocab_size"});
  bert.positions = config.count({"max_position_embeddings"}, kDefaultPositions);
  bert.token_types = config.count({"type_vocab_size"}, 2);
  config.check_text("position_embedding_type", {"absolute"});
  config.check_text("hidden_act", {"gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh"});
  return bert;
}

Layout bert_layout() {
  const auto norm = [](std::string_view source, std::string_view target) {
    return LayoutRow{source, target, Size::embedding, Size::none, Need::required, Need::required};
  };
  const auto matrix = [](std::string_view source, std::string_view target, Size rows, Size columns) {
    return LayoutRow{source, target, rows, columns, Need::required, Need::required};
  };
  const auto table = [](std::string_view source, std::string_view target, Size rows) {
    LayoutRow row{source, target, rows, Size::embedding};
    row.keep_f32 = true;
    return row;
  };
  Layout layout;
  layout.prefixes = {"bert."};
  layout.layer_prefix = "encoder.layer.";
  layout.ignored = {"embeddings.position_ids", "pooler.dense.", "cls."};  // heads that an embedding does not use
  layout.model = {{"embeddings.word_embeddings", "token_embd", Size::vocabulary, Size::embedding},
                  table("embeddings.position_embeddings", "position_embd", Size::positions),
                  table("embeddings.token_type_embeddings", "token_types", Size::token_types),
                  norm("embeddings.LayerNorm", "token_embd_norm")};
  layout.layer = {matrix("attention.self.query", "attn_q", Size::embedding, Size::embedding),
                  matrix("attention.self.key", "attn_k", Size::embedding, Size::embedding),
                  matrix("attention.self.value", "attn_v", Size::embedding, Size::embedding),
                  matrix("attention.output.dense", "attn_output", Size::embedding, Size::embedding),
                  norm("attention.output.LayerNorm", "attn_output_norm"),
                  matrix("intermediate.dense", "ffn_up", Size::feed_forward, Size::embedding),
                  matrix("output.dense", "ffn_down", Size::embedding, Size::feed_forward),
                  norm("output.LayerNorm", "layer_output_norm")};
  return layout;
}

// The pooling module's folder, from modules.json, or the usual one.
std::string pooling_file(const SourceFiles& files) {
  const auto modules = files.find_json("modules.json");
  if (modules && modules->is_array()) {
    for (const auto& module : modules->get_array()) {
      if (!module.is_object() || !string_member(module.get_object(), "type").ends_with("Pooling")) continue;
      return string_member(module.get_object(), "path") + "/config.json";
    }
  }
  return "1_Pooling/config.json";
}

Pooling pooling_of(const SourceFiles& files) {
  const auto config = files.find_object(pooling_file(files));
  if (!config) return kMean;  // what sentence-transformers makes of a model without a pooling module
  const auto is_set = [&](std::string_view name) {
    const auto* value = find_member(*config, name);
    return value && value->is_bool() && value->get_bool();
  };
  const auto mode = string_member(*config, "pooling_mode");
  if (is_set("pooling_mode_mean_tokens") || mode == "mean") return kMean;
  if (is_set("pooling_mode_cls_token") || mode == "cls") return kCls;
  if (is_set("pooling_mode_lasttoken") || mode == "lasttoken") return kLast;
  throw Error(ErrorCode::unsupported, "the pooling of this model cannot be imported; mean, cls and lasttoken can");
}

}  // namespace

TensorPlan plan_bert(const ModelSource& source) {
  const auto bert = read_bert(source.config);
  LayoutSizes sizes;
  sizes.layers = bert.layers;
  sizes.sizes = {{Size::embedding, bert.embedding},
                 {Size::feed_forward, bert.feed_forward},
                 {Size::vocabulary, bert.vocabulary},
                 {Size::positions, bert.positions},
                 {Size::token_types, bert.token_types}};
  return plan_tensors(source.tensors, bert_layout(), sizes);
}

void describe_bert(const ModelSource& source, GgufWriter& writer) {
  const auto bert = read_bert(source.config);
  writer.set_uint32("bert.block_count", bert.layers);
  writer.set_uint32("bert.context_length", bert.positions);
  writer.set_uint32("bert.embedding_length", bert.embedding);
  writer.set_uint32("bert.feed_forward_length", bert.feed_forward);
  writer.set_uint32("bert.attention.head_count", bert.heads);
  constexpr float kDefaultEpsilon = 1e-12f;
  writer.set_float("bert.attention.layer_norm_epsilon", source.config.number({"layer_norm_eps"}, kDefaultEpsilon));
  writer.set_uint32("general.file_type", kFileTypeF16);
  writer.set_bool("bert.attention.causal", false);
  writer.set_uint32("bert.pooling_type", pooling_of(source.files));
}

void describe_bert_tokenizer(const ModelSource& source, GgufWriter& writer) {
  writer.set_uint32("tokenizer.ggml.token_type_count", read_bert(source.config).token_types);
  Tokenizer(source.files, source.config).describe_word_piece(writer);
}

}  // namespace fragua::models
