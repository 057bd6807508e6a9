// Llama, Mistral and Qwen2: the decoders with rotary positions and gated feed-forward parts.
#include "base/error.h"
#include "models/gguf_writer.h"
#include "models/safetensors/architecture.h"
#include "models/safetensors/rope_scaling.h"
#include "models/safetensors/tokenizer.h"

namespace fragua::models {

namespace {

struct Decoder {
  std::uint32_t layers, embedding, feed_forward, heads, key_value_heads, head_size, vocabulary;
};

Decoder read_decoder(const ModelConfig& config) {
  Decoder decoder{};
  decoder.layers = config.require_count({"num_hidden_layers", "n_layers", "n_layer"});
  decoder.embedding = config.require_count({"hidden_size", "n_embd", "dim"});
  decoder.feed_forward = config.require_count({"intermediate_size", "hidden_dim"});
  decoder.heads = config.require_count({"num_attention_heads", "n_heads"});
  decoder.key_value_heads = config.count({"num_key_value_heads", "n_kv_heads"}, decoder.heads);
  decoder.head_size = config.count({"head_dim"}, decoder.embedding / decoder.heads);
  decoder.vocabulary = config.require_count({"vocab_size"});
  if (decoder.head_size == 0 || decoder.head_size % 2 != 0 || decoder.heads % decoder.key_value_heads != 0) {
    throw Error(ErrorCode::invalid_argument, "config.json: the numbers of heads do not fit hidden_size");
  }
  if (config.find_count({"num_local_experts", "num_experts"})) {
    throw Error(ErrorCode::unsupported, "mixtures of experts cannot be imported from safetensors; use a GGUF");
  }
  config.check_text("hidden_act", {"silu", "swish"});
  return decoder;
}

LayoutSizes sizes_of(const Decoder& decoder) {
  LayoutSizes sizes;
  sizes.sizes = {{Size::embedding, decoder.embedding},
                 {Size::feed_forward, decoder.feed_forward},
                 {Size::query, std::uint64_t(decoder.heads) * decoder.head_size},
                 {Size::key_value, std::uint64_t(decoder.key_value_heads) * decoder.head_size},
                 {Size::vocabulary, decoder.vocabulary}};
  sizes.layers = decoder.layers;
  sizes.query_heads = decoder.heads;
  sizes.key_value_heads = decoder.key_value_heads;
  return sizes;
}

Layout decoder_layout(const ModelConfig& config, Need attention_bias, Rearrange rotary) {
  const auto* tied = find_member(config.fields(), "tie_word_embeddings");
  const bool is_tied = tied && tied->is_bool() && tied->get_bool();
  Layout layout;
  layout.layer_prefix = "model.layers.";
  layout.ignored = {".rotary_emb.inv_freq"};
  layout.model = {{"model.embed_tokens", "token_embd", Size::vocabulary, Size::embedding},
                  {"model.norm", "output_norm", Size::embedding},
                  {"lm_head", "output", Size::vocabulary, Size::embedding, is_tied ? Need::optional : Need::required}};
  const auto matrix = [](std::string_view source, std::string_view target, Size rows, Size columns, Need bias) {
    return LayoutRow{source, target, rows, columns, Need::required, bias};
  };
  layout.layer = {{"input_layernorm", "attn_norm", Size::embedding},
                  {"post_attention_layernorm", "ffn_norm", Size::embedding},
                  matrix("self_attn.q_proj", "attn_q", Size::query, Size::embedding, attention_bias),
                  matrix("self_attn.k_proj", "attn_k", Size::key_value, Size::embedding, attention_bias),
                  matrix("self_attn.v_proj", "attn_v", Size::key_value, Size::embedding, attention_bias),
                  matrix("self_attn.o_proj", "attn_output", Size::embedding, Size::query, Need::optional),
                  matrix("mlp.gate_proj", "ffn_gate", Size::feed_forward, Size::embedding, Need::optional),
                  matrix("mlp.up_proj", "ffn_up", Size::feed_forward, Size::embedding, Need::optional),
                  matrix("mlp.down_proj", "ffn_down", Size::embedding, Size::feed_forward, Need::optional)};
  for (auto& row : layout.layer) {
    if (row.target == "attn_q" || row.target == "attn_k") row.rearrange = rotary;
  }
  return layout;
}

struct DecoderDefaults {
  std::string architecture;
  std::uint32_t context_length;
  bool always_head_size;  // write the heads' size even where config.json leaves it to be computed
};

void describe_decoder(const ModelConfig& config, const DecoderDefaults& defaults, GgufWriter& writer) {
  const auto decoder = read_decoder(config);
  const auto key = [&](std::string_view name) { return defaults.architecture + "." + std::string(name); };
  writer.set_uint32(key("block_count"), decoder.layers);
  writer.set_uint32(key("context_length"),
                    config.count({"max_position_embeddings", "n_ctx", "n_positions"}, defaults.context_length));
  writer.set_uint32(key("embedding_length"), decoder.embedding);
  writer.set_uint32(key("feed_forward_length"), decoder.feed_forward);
  writer.set_uint32(key("attention.head_count"), decoder.heads);
  writer.set_uint32(key("attention.head_count_kv"), decoder.key_value_heads);
  describe_rope(config, defaults.architecture, writer);
  constexpr float kDefaultEpsilon = 1e-6f;
  writer.set_float(key("attention.layer_norm_rms_epsilon"),
                   config.number({"rms_norm_eps", "norm_eps"}, kDefaultEpsilon));
  if (defaults.always_head_size || config.find_count({"head_dim"})) {
    writer.set_uint32(key("attention.key_length"), decoder.head_size);
    writer.set_uint32(key("attention.value_length"), decoder.head_size);
  }
  writer.set_uint32("general.file_type", kFileTypeF16);
}

}  // namespace

TensorPlan plan_llama(const ModelSource& source) {
  const auto decoder = read_decoder(source.config);
  const auto layout = decoder_layout(source.config, Need::optional, Rearrange::rotary_rows);
  auto plan = plan_tensors(source.tensors, layout, sizes_of(decoder));
  auto factors = rope_factors(source.config, decoder.head_size);
  if (!factors.empty()) {
    PlannedTensor computed;
    computed.name = "rope_freqs.weight";
    computed.type = TensorType::f32;
    computed.shape = {factors.size()};
    computed.values = std::move(factors);
    plan.insert(plan.begin(), std::move(computed));
  }
  return plan;
}

TensorPlan plan_qwen2(const ModelSource& source) {
  const auto layout = decoder_layout(source.config, Need::required, Rearrange::none);
  return plan_tensors(source.tensors, layout, sizes_of(read_decoder(source.config)));
}

void describe_llama(const ModelSource& source, GgufWriter& writer) {
  describe_decoder(source.config, {"llama", 2048, true}, writer);
  const auto decoder = read_decoder(source.config);
  writer.set_uint32("llama.vocab_size", decoder.vocabulary);
  writer.set_uint32("llama.rope.dimension_count", decoder.head_size);
}

void describe_qwen2(const ModelSource& source, GgufWriter& writer) {
  describe_decoder(source.config, {"qwen2", 32768, false}, writer);
}

void describe_llama_tokenizer(const ModelSource& source, GgufWriter& writer) {
  const Tokenizer tokenizer(source.files, source.config);
  tokenizer.describe_space_prefix(writer);
  tokenizer.describe_decoder("", writer);
  constexpr std::uint32_t kGraniteSmallVocabulary = 49152;  // SmolLM's too: they say they add a BOS, and do not
  if (source.config.count({"vocab_size"}, 0) == kGraniteSmallVocabulary) {
    writer.set_bool("tokenizer.ggml.add_bos_token", false);
  }
}

void describe_qwen2_tokenizer(const ModelSource& source, GgufWriter& writer) {
  Tokenizer(source.files, source.config).describe_decoder("qwen2", writer);
}

}  // namespace fragua::models
