// Vocabulary: the tokens in the order of their numbers, with llama.cpp's types (and scores for SentencePiece).
// Callers: models/safetensors/tokenizer. Threads: any; pure.
// It has exactly as many tokens as the embedding has rows: gaps are filled with unused ones.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/safetensors/tokenizer_files.h"

namespace fragua::models {

constexpr std::uint32_t kVocabularyMax = 8'000'000;

enum TokenKind : std::int32_t {  // as GGUF numbers them
  kNormal = 1,
  kUnknown = 2,
  kControl = 3,
  kUserDefined = 4,
  kUnused = 5,
  kByte = 6,
};

struct Vocabulary {
  std::vector<std::string> tokens;
  std::vector<std::int32_t> kinds;
  std::vector<float> scores;  // SentencePiece only
};

// Byte-pair and WordPiece vocabularies. Error: corrupt, invalid_argument (more tokens than `size`).
Vocabulary read_vocabulary(const TokenizerFiles& tokenizer, std::uint32_t size);
// Rewrites WordPiece's "##ing" and "word" as llama.cpp expects them: "ing" and "▁word".
void mark_word_starts(Vocabulary& vocabulary);
// "▁" becomes a space, as llama.cpp wants it in tokens that users defined.
std::string with_spaces(std::string token);
// A token that is meant to steer the model, though its file does not say so.
bool looks_special(std::string_view token);

}  // namespace fragua::models
