#include "models/safetensors/architecture.h"

#include <doctest/doctest.h>

#include "unit/models/fixtures.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("architectures: Hugging Face's names lead to llama.cpp's") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"LlamaForCausalLM", "llama"}, {"MistralForCausalLM", "llama"}, {"Qwen2ForCausalLM", "qwen2"},
      {"GPT2LMHeadModel", "gpt2"},   {"BertModel", "bert"},           {"BertForMaskedLM", "bert"}};
  for (const auto& [hugging_face, gguf] : rows) CHECK(require_architecture(hugging_face).gguf == gguf);
}

TEST_CASE("architectures: any other is refused with its name and the list of those that work") {
  const auto [code, message] = error_of([] { require_architecture("MambaForCausalLM"); });
  CHECK(code == "unsupported");
  for (const std::string part : {"MambaForCausalLM", "LlamaForCausalLM", "Qwen2ForCausalLM", "GPT2LMHeadModel",
                                 "BertModel", "MistralForCausalLM"}) {
    CHECK_MESSAGE(message.find(part) != std::string::npos, message);
  }
  CHECK(error_of([] { require_architecture(""); }).second.find("names no architecture") != std::string::npos);
}
