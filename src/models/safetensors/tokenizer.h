// Tokenizer: a Hugging Face tokenizer's files as the tokenizer.* keys of a GGUF.
// Callers: models/safetensors/architecture's functions. Threads: any; blocks on the disk. Never tokenizes anything.
#pragma once
#include <cstdint>
#include <string>

#include "models/safetensors/config.h"
#include "models/safetensors/tokenizer_files.h"

namespace fragua::models {

class GgufWriter;

class Tokenizer {
 public:
  Tokenizer(const SourceFiles& files, const ModelConfig& config) : files_(files), config_(config) {}

  // tokenizer_config.json's add_prefix_space, which only Llama's conversion looks at.
  void describe_space_prefix(GgufWriter& writer) const;
  // Byte-level BPE or SentencePiece. `fallback` is the pre-tokenizer of models without tokenizer.json.
  void describe_decoder(const std::string& fallback, GgufWriter& writer) const;
  // BERT's. Error: unsupported for any other.
  void describe_word_piece(GgufWriter& writer) const;

 private:
  void describe_byte_pairs(const std::string& fallback, GgufWriter& writer) const;
  void describe_sentence_piece(GgufWriter& writer) const;
  std::uint32_t vocabulary_size() const { return config_.require_count({"vocab_size"}); }

  TokenizerFiles files_;
  const ModelConfig& config_;
};

}  // namespace fragua::models
