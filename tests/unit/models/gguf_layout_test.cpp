#include "fixtures.h"
#include "models/gguf_facts.h"

using namespace fragua;
using namespace fragua::models;

namespace {
std::string problem(const SmallGguf& model) {
  return incompatible_layout(inspect_gguf_bytes(small_gguf_bytes(model))).value_or("");
}
}  // namespace

TEST_CASE("GGUF layout: files that only Ollama's loader reads are named, with what to pull instead") {
  struct Case {
    SmallGguf model;
    const char* instead;  // empty: llama.cpp loads it
  };
  const Case cases[] = {
      {{.architecture = "llama"}, ""},
      {{.architecture = "qwen2"}, ""},
      {{.architecture = "gptoss"}, "hf.co/ggml-org/gpt-oss-20b-GGUF"},
      {{.architecture = "gpt-oss"}, ""},
      {{.architecture = "gemma3"}, "gemma-3"},  // without the epsilon that llama.cpp requires
      {{.architecture = "gemma3", .more_tensors = {"dense.0.weight"}}, "embeddinggemma"},
      {{.architecture = "gemma4"}, ""},
      {{.architecture = "gemma4", .more_tensors = {"v.patch_embd.weight"}}, "gemma-4"},
      {{.architecture = "qwen25vl"}, "Qwen2.5-VL"},
      {{.architecture = "qwen3vl"}, "Qwen3-VL"},
      {{.architecture = "qwen3vl", .more_texts = {{"qwen3vl.rope.dimension_sections", "x"}}}, ""},
      {{.architecture = "llama4", .more_tensors = {"mm.linear_1.weight"}}, "Llama-4"},
      {{.architecture = "llama4"}, ""},
      {{.architecture = "mistral3", .more_tensors = {"v.blk.0.attn_k.weight"}}, "Mistral-Small"},
      {{.architecture = "mistral3"}, ""},
      {{.architecture = "lfm2", .more_tensors = {"output_norm.weight"}}, "LFM2"},
      {{.architecture = "lfm2", .more_tensors = {"output_norm.weight", "token_embd_norm.weight"}}, ""},
      {{.architecture = "mllama"}, "hf.co"},
      {{.architecture = "qwen35", .more_tensors = {"mtp.fc.weight"}}, "Qwen3.5-4B"},
      {{.architecture = "qwen35"}, ""},
      {{.architecture = "qwen3next", .more_tensors = {"blk.0.ssm_dt"}}, "Qwen3-Next"},
      {{.architecture = "qwen3next", .more_tensors = {"blk.0.ssm_dt.bias"}}, ""},
      {{.architecture = "gemma3n", .shaped_tensors = {{"per_layer_token_embd.weight", {64, 5}}}}, "gemma-3n"},
      {{.architecture = "gemma3n", .shaped_tensors = {{"per_layer_token_embd.weight", {64, 7}}}}, ""},
      {{.architecture = "nemotron_h_moe", .more_tensors = {"mtp.layers.0.weight"}}, "Nemotron"},
      {{.architecture = "glm4moelite"}, "GLM-4.7-Flash"},
      {{.architecture = "olmo3"}, "Olmo-3"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.model.architecture);
    const auto message = problem(c.model);
    if (std::string(c.instead).empty()) CHECK(message.empty());
    if (!std::string(c.instead).empty()) CHECK(message.find(c.instead) != std::string::npos);
  }
}
