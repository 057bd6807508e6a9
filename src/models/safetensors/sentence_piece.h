// The vocabulary of a SentencePiece tokenizer.model (a protobuf), with what the JSON files beside it add.
// Callers: models/safetensors/tokenizer. Threads: any. Bounds every length; unknown fields are skipped.
#pragma once
#include <cstdint>
#include <string_view>

#include "models/safetensors/vocabulary.h"

namespace fragua::models {

// Error: corrupt (not a SentencePiece model), unsupported (its model is not BPE).
Vocabulary read_sentence_piece(const TokenizerFiles& tokenizer, std::uint32_t size);

}  // namespace fragua::models
