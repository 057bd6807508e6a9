// Architectures that can be imported: what config.json calls them, and how each becomes a GGUF.
// Callers: models/safetensors/importer. Threads: any; the functions read files and keep nothing.
// Anything else is refused by name, with the list of what works.
#pragma once
#include <string>
#include <string_view>

#include "models/safetensors/config.h"
#include "models/safetensors/tensor_plan.h"

namespace fragua::models {

class GgufWriter;

struct ModelSource {
  const SourceFiles& files;
  const ModelConfig& config;
  const TensorSet& tensors;
};

struct Architecture {
  std::string_view hugging_face;  // "LlamaForCausalLM"
  std::string_view gguf;          // "llama"
  TensorPlan (*plan)(const ModelSource&);
  void (*describe)(const ModelSource&, GgufWriter&);            // the model's own keys
  void (*describe_tokenizer)(const ModelSource&, GgufWriter&);  // tokenizer.*
};

// Error: unsupported.
const Architecture& require_architecture(const std::string& hugging_face);

// general.file_type of what this import writes: mostly F16.
constexpr std::uint32_t kFileTypeF16 = 1;

TensorPlan plan_llama(const ModelSource& source);
TensorPlan plan_qwen2(const ModelSource& source);
TensorPlan plan_gpt2(const ModelSource& source);
TensorPlan plan_bert(const ModelSource& source);

void describe_llama(const ModelSource& source, GgufWriter& writer);
void describe_qwen2(const ModelSource& source, GgufWriter& writer);
void describe_gpt2(const ModelSource& source, GgufWriter& writer);
void describe_bert(const ModelSource& source, GgufWriter& writer);

void describe_llama_tokenizer(const ModelSource& source, GgufWriter& writer);
void describe_qwen2_tokenizer(const ModelSource& source, GgufWriter& writer);
void describe_gpt2_tokenizer(const ModelSource& source, GgufWriter& writer);
void describe_bert_tokenizer(const ModelSource& source, GgufWriter& writer);

}  // namespace fragua::models
