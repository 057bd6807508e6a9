// Layouts that only Ollama's loader reads. Each line holds a mark by which such a file is known and a repository whose
// file of the same family stock llama.cpp loads.
#include <algorithm>
#include <array>

#include "models/gguf_facts.h"

namespace fragua::models {

namespace {

struct OllamaLayout {
  std::string_view architecture;
  bool (*matches)(const GgufHeader&);
  std::string_view repository;
};

bool always(const GgufHeader&) { return true; }

// One file with the vision or audio encoder inside; llama.cpp wants it in a second file, the projector.
bool embeds_encoder(const GgufHeader& header) {
  return header.has_tensor_prefix("v.") || header.has_tensor_prefix("mm.") || header.has_tensor_prefix("a.") ||
         header.has_tensor_prefix("model.vision_tower.");
}

bool is_embedding_gemma(const GgufHeader& header) { return header.has_tensor("dense.0.weight"); }

bool is_gemma3(const GgufHeader& header) {
  return embeds_encoder(header) || header.has("gemma3.mm.tokens_per_image") ||
         header.has("gemma3.rope.global.freq_base") || header.has("gemma3.rope.local.freq_base") ||
         !header.has("gemma3.attention.layer_norm_rms_epsilon");
}

const GgufTensor* tensor_named(const GgufHeader& header, std::string_view name) {
  const auto found = std::find_if(header.tensors.begin(), header.tensors.end(),
                                  [&](const auto& tensor) { return tensor.name == name; });
  return found == header.tensors.end() ? nullptr : &*found;
}

bool is_gemma3n(const GgufHeader& header) {
  const auto* tokens = tensor_named(header, "token_embd.weight");
  const auto* layers = tensor_named(header, "per_layer_token_embd.weight");
  return tokens && layers && tokens->shape[1] != layers->shape[1];
}

bool is_gemma4(const GgufHeader& header) {
  return embeds_encoder(header) || header.text("tokenizer.ggml.model") == "llama";
}

bool is_qwen35(const GgufHeader& header) {
  const auto prefix = header.architecture() + ".";
  return embeds_encoder(header) || header.has_tensor_prefix("mtp.") || header.has(prefix + "vision.block_count") ||
         header.has(prefix + "image_token_id") || header.has(prefix + "ssm.v_head_reordered") ||
         header.has(prefix + "rope.mrope_interleaved");
}

bool is_qwen3next(const GgufHeader& header) {
  return std::any_of(header.tensors.begin(), header.tensors.end(),
                     [](const auto& tensor) { return tensor.name.ends_with(".ssm_dt"); });
}

bool is_qwen3vl(const GgufHeader& header) { return !header.has(header.architecture() + ".rope.dimension_sections"); }

bool is_lfm2(const GgufHeader& header) {
  return header.has_tensor("output_norm.weight") && !header.has_tensor("token_embd_norm.weight");
}

bool is_mistral3(const GgufHeader& header) {
  return embeds_encoder(header) || header.has("mistral3.rope.scaling.beta_fast") ||
         header.has("mistral3.rope.scaling.mscale_all_dim") || header.has("mistral3.rope.scaling_beta");
}

bool is_nemotron_moe(const GgufHeader& header) {
  return header.has_tensor_prefix("mtp.") || header.has_tensor_prefix("blk.0.ffn_latent_in") ||
         header.has_tensor_prefix("blk.1.ffn_latent_in");
}

bool is_laguna(const GgufHeader& header) {
  return header.has("laguna.rope.swa.dimension_count") || header.has("laguna.rope.swa.freq_base") ||
         header.has_tensor("blk.0.attn_g.weight");
}

// A list of one-letter texts where llama.cpp wants bytes; it ends the process on it.
bool is_arctic_embed(const GgufHeader& header) {
  const auto* key = header.find("tokenizer.ggml.precompiled_charsmap");
  const auto* list = key ? std::get_if<GgufArray>(&key->value) : nullptr;
  return list && list->element_type == GgufType::string;
}

constexpr std::array kOllamaLayouts = std::to_array<OllamaLayout>({
    {"gemma3", is_embedding_gemma, "ggml-org/embeddinggemma-300M-GGUF"},
    {"gemma3", is_gemma3, "ggml-org/gemma-3-4b-it-GGUF"},
    {"gemma3n", is_gemma3n, "ggml-org/gemma-3n-E4B-it-GGUF"},
    {"gemma4", is_gemma4, "ggml-org/gemma-4-E4B-it-GGUF"},
    {"gptoss", always, "ggml-org/gpt-oss-20b-GGUF"},
    {"qwen25vl", always, "ggml-org/Qwen2.5-VL-7B-Instruct-GGUF"},
    {"qwen3vl", is_qwen3vl, "Qwen/Qwen3-VL-8B-Instruct-GGUF"},
    {"qwen3vlmoe", is_qwen3vl, "Qwen/Qwen3-VL-30B-A3B-Instruct-GGUF"},
    {"qwen35", is_qwen35, "unsloth/Qwen3.5-4B-GGUF"},
    {"qwen35moe", is_qwen35, "unsloth/Qwen3.5-35B-A3B-GGUF"},
    {"qwen3next", is_qwen3next, "unsloth/Qwen3-Next-80B-A3B-Instruct-GGUF"},
    {"llama4", embeds_encoder, "ggml-org/Llama-4-Scout-17B-16E-Instruct-GGUF"},
    {"mistral3", is_mistral3, "ggml-org/Mistral-Small-3.1-24B-Instruct-2503-GGUF"},
    {"lfm2", is_lfm2, "LiquidAI/LFM2-1.2B-GGUF"},
    {"olmo3", always, "unsloth/Olmo-3-7B-Instruct-GGUF"},
    {"glm4moelite", always, "ggml-org/GLM-4.7-Flash-GGUF"},
    {"glmocr", always, "ggml-org/GLM-OCR-GGUF"},
    {"deepseekocr", always, "ggml-org/DeepSeek-OCR-GGUF"},
    {"nemotron_h_moe", is_nemotron_moe, "ggml-org/Nemotron-3-Super-120B-GGUF"},
    {"nemotron_h_omni", always, "ggml-org/Nemotron-3-Nano-4B-GGUF"},
    {"laguna", is_laguna, ""},
    {"bert", is_arctic_embed, "Casual-Autopsy/snowflake-arctic-embed-l-v2.0-gguf"},
    {"mllama", always, ""},
});

}  // namespace

std::optional<std::string> incompatible_layout(const GgufHeader& header) {
  const auto architecture = header.architecture();
  const auto found = std::find_if(kOllamaLayouts.begin(), kOllamaLayouts.end(), [&](const auto& layout) {
    return layout.architecture == architecture && layout.matches(header);
  });
  if (found == kOllamaLayouts.end()) return std::nullopt;
  std::string message =
      "this " + architecture + " file is laid out for Ollama's own loader, and llama.cpp cannot load it";
  if (found->repository.empty()) return message + "; look for a GGUF of the model on hf.co that was made for llama.cpp";
  return message + "; pull a file of the same family made for llama.cpp instead, for example hf.co/" +
         std::string(found->repository);
}

}  // namespace fragua::models
