// What a GGUF header says about the model, in the words of the APIs: size for people, quantisation, capabilities, and
// whether its tensors are laid out in a way that only Ollama's own loader reads.
// Callers: show, creator, store's users, inference/ (before a load). Threads: any; pure.
// Capabilities are guessed from the template's text; it is never run here.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/gguf_header.h"

namespace fragua::models {

enum class GgufRole { model, adapter, projector, unknown };

struct GgufFacts {
  GgufRole role = GgufRole::unknown;
  std::string architecture;
  std::uint64_t parameter_count = 0;
  std::string parameter_size;  // "1.5B"
  std::string file_type;       // "Q4_K_M"
  std::uint64_t context_length = 0;
  std::uint64_t embedding_length = 0;
  std::uint64_t block_count = 0;
  std::string tokenizer;      // "gpt2", "llama", "bert", "t5"
  std::string chat_template;  // the Jinja text, empty when there is none
  std::vector<std::string> capabilities;
  std::uint64_t split_count = 1;
};

GgufFacts facts_of(const GgufHeader& header);

// "tools" and "thinking" as Ollama guesses them from a Jinja template.
std::vector<std::string> jinja_capabilities(std::string_view chat_template);
// The same and "insert" from a Go template's variables; nothing for a template that cannot be read.
std::vector<std::string> go_template_capabilities(std::string_view text);

// Why stock llama.cpp would not load it, and what to pull instead; nothing when it would.
std::optional<std::string> incompatible_layout(const GgufHeader& header);

// 1543714304 -> "1.5B", 134515008 -> "134.52M".
std::string human_count(std::uint64_t number);

}  // namespace fragua::models
