#include "engine/llama/vocabulary.h"

#include "base/error.h"

namespace fragua::engine {

namespace {

std::string piece_of(const llama_vocab* vocabulary, Token token) {
  std::string piece(32, '\0');
  int length = llama_token_to_piece(vocabulary, token, piece.data(), int(piece.size()), 0, true);
  if (length < 0) {
    piece.resize(std::size_t(-length));
    length = llama_token_to_piece(vocabulary, token, piece.data(), int(piece.size()), 0, true);
  }
  piece.resize(std::size_t(std::max(length, 0)));
  return piece;
}

}  // namespace

LlamaVocabulary::LlamaVocabulary(const llama_vocab* vocabulary) : vocabulary_(vocabulary) {
  const int count = llama_vocab_n_tokens(vocabulary);
  pieces_.reserve(std::size_t(count));
  for (Token token = 0; token < count; ++token) pieces_.push_back(piece_of(vocabulary, token));
}

std::vector<Token> LlamaVocabulary::tokenize(std::string_view text, bool add_special, bool parse_special) const {
  std::vector<Token> tokens(text.size() + 8);
  int count = llama_tokenize(vocabulary_, text.data(), int(text.size()), tokens.data(), int(tokens.size()), add_special, parse_special);
  if (count < 0) {
    tokens.resize(std::size_t(-count));
    count = llama_tokenize(vocabulary_, text.data(), int(text.size()), tokens.data(), int(tokens.size()), add_special, parse_special);
  }
  if (count < 0) throw Error(ErrorCode::invalid_argument, "this text cannot be tokenized");
  tokens.resize(std::size_t(count));
  return tokens;
}

bool LlamaVocabulary::is_control(Token token) const {
  return (llama_vocab_get_attr(vocabulary_, token) & (LLAMA_TOKEN_ATTR_CONTROL | LLAMA_TOKEN_ATTR_UNKNOWN)) != 0;
}

std::vector<Token> LlamaVocabulary::fill_in_middle(std::span<const Token> prefix, std::span<const Token> suffix) const {
  const Token before = llama_vocab_fim_pre(vocabulary_), after = llama_vocab_fim_suf(vocabulary_), middle = llama_vocab_fim_mid(vocabulary_);
  if (before < 0 || after < 0 || middle < 0) return {};
  std::vector<Token> tokens{before};
  tokens.insert(tokens.end(), prefix.begin(), prefix.end());
  tokens.push_back(after);
  tokens.insert(tokens.end(), suffix.begin(), suffix.end());
  tokens.push_back(middle);
  return tokens;
}

}  // namespace fragua::engine
