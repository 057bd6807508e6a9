#include "models/safetensors/tokenizer.h"

#include "base/error.h"
#include "models/gguf_writer.h"
#include "models/safetensors/chat_template.h"
#include "models/safetensors/pre_tokenizer.h"
#include "models/safetensors/sentence_piece.h"
#include "models/safetensors/special_tokens.h"
#include "models/safetensors/vocabulary.h"

namespace fragua::models {

namespace {

void describe_vocabulary(const Vocabulary& vocabulary, GgufWriter& writer) {
  writer.set_strings("tokenizer.ggml.tokens", vocabulary.tokens);
  if (!vocabulary.scores.empty()) writer.set_floats("tokenizer.ggml.scores", vocabulary.scores);
  writer.set_int32s("tokenizer.ggml.token_type", vocabulary.kinds);
}

void describe_kind(const std::string& model, const std::string& pre_tokenizer, GgufWriter& writer) {
  writer.set_string("tokenizer.ggml.model", model);
  writer.set_string("tokenizer.ggml.pre", pre_tokenizer);
}

}  // namespace

void Tokenizer::describe_space_prefix(GgufWriter& writer) const {
  const auto* flag = files_.config ? find_member(*files_.config, "add_prefix_space") : nullptr;
  if (flag && flag->is_bool()) writer.set_bool("tokenizer.ggml.add_space_prefix", flag->get_bool());
}

void Tokenizer::describe_decoder(const std::string& fallback, GgufWriter& writer) const {
  switch (files_.kind) {
    case TokenizerKind::byte_pairs:
      return describe_byte_pairs(fallback, writer);
    case TokenizerKind::sentence_piece:
      return describe_sentence_piece(writer);
    case TokenizerKind::word_piece:
      break;
  }
  throw Error(ErrorCode::unsupported, "a decoder with a WordPiece tokenizer cannot be imported");
}

void Tokenizer::describe_byte_pairs(const std::string& fallback, GgufWriter& writer) const {
  const auto vocabulary = read_vocabulary(files_, vocabulary_size());
  describe_kind("gpt2", pre_tokenizer_name(files_, fallback), writer);
  describe_vocabulary(vocabulary, writer);
  const auto merges = files_.merges();
  if (merges.empty()) throw Error(ErrorCode::corrupt, "the tokenizer has no merges");
  writer.set_strings("tokenizer.ggml.merges", merges);
  const SpecialTokens special(files_, config_, vocabulary);
  special.describe(writer);
  describe_chat_template(files_, writer);
  special.describe_normalizer(writer);
}

void Tokenizer::describe_sentence_piece(GgufWriter& writer) const {
  const auto vocabulary = read_sentence_piece(files_, vocabulary_size());
  describe_kind("llama", "default", writer);
  describe_vocabulary(vocabulary, writer);
  const SpecialTokens special(files_, config_, vocabulary);
  special.describe(writer);
  describe_chat_template(files_, writer);
  special.describe_normalizer(writer);
}

void Tokenizer::describe_word_piece(GgufWriter& writer) const {
  const bool has_usual_prefix = string_member(files_.model, "continuing_subword_prefix", "##") == "##";
  if (files_.kind != TokenizerKind::word_piece || !has_usual_prefix) {
    throw Error(ErrorCode::unsupported, "only BERT models with a WordPiece tokenizer (\"##\") can be imported");
  }
  auto vocabulary = read_vocabulary(files_, vocabulary_size());
  mark_word_starts(vocabulary);
  describe_kind("bert", "jina-v2-en", writer);  // llama.cpp does not look at the second for WordPiece
  describe_vocabulary(vocabulary, writer);
  const SpecialTokens special(files_, config_, vocabulary);
  special.describe(writer);
  describe_chat_template(files_, writer);
  special.describe_normalizer(writer);
}

}  // namespace fragua::models
