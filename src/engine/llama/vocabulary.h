// LlamaVocabulary: a GGUF's tokenizer. Callers: engine/llama/model, and through Vocabulary everyone in the engine.
// Threads: const, any.
#pragma once
#include "engine/llama/handles.h"
#include "engine/model.h"

namespace fragua::engine {

class LlamaVocabulary : public Vocabulary {
 public:
  explicit LlamaVocabulary(const llama_vocab* vocabulary);
  std::vector<Token> tokenize(std::string_view text, bool add_special, bool parse_special) const override;
  const std::vector<std::string>& pieces() const override { return pieces_; }
  bool is_control(Token token) const override;
  bool is_end(Token token) const override { return llama_vocab_is_eog(vocabulary_, token); }
  std::vector<Token> fill_in_middle(std::span<const Token> prefix, std::span<const Token> suffix) const override;

 private:
  const llama_vocab* vocabulary_;
  std::vector<std::string> pieces_;
};

}  // namespace fragua::engine
