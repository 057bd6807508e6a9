#include "models/safetensors/architecture.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::array<Architecture, 6> kArchitectures{{
    {"LlamaForCausalLM", "llama", plan_llama, describe_llama, describe_llama_tokenizer},
    {"MistralForCausalLM", "llama", plan_llama, describe_llama, describe_llama_tokenizer},
    {"Qwen2ForCausalLM", "qwen2", plan_qwen2, describe_qwen2, describe_qwen2_tokenizer},
    {"GPT2LMHeadModel", "gpt2", plan_gpt2, describe_gpt2, describe_gpt2_tokenizer},
    {"BertModel", "bert", plan_bert, describe_bert, describe_bert_tokenizer},
    {"BertForMaskedLM", "bert", plan_bert, describe_bert, describe_bert_tokenizer},
}};

}  // namespace

const Architecture& require_architecture(const std::string& hugging_face) {
  const auto found = std::ranges::find(kArchitectures, std::string_view(hugging_face), &Architecture::hugging_face);
  if (found != kArchitectures.end()) return *found;
  std::vector<std::string> supported;
  for (const auto& architecture : kArchitectures) supported.emplace_back(architecture.hugging_face);
  throw Error(ErrorCode::unsupported,
              (hugging_face.empty() ? "config.json names no architecture"
                                    : "the architecture " + sanitized_utf8(hugging_face.substr(0, 80)) +
                                          " cannot be imported from safetensors") +
                  "; supported are " + join(supported, ", ") + ". A GGUF of the model can be used instead");
}

}  // namespace fragua::models
