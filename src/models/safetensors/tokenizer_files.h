// TokenizerFiles: what the files of a tokenizer say, whichever of them there are: tokenizer.json,
// tokenizer_config.json, special_tokens_map.json, added_tokens.json, vocab.json and merges.txt, vocab.txt,
// tokenizer.model. Callers: models/safetensors. Threads: any once built; reads block when it is made. Never runs a
// tokenizer.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "models/safetensors/source_files.h"

namespace fragua::models {

enum class TokenizerKind { byte_pairs, word_piece, sentence_piece };

struct AddedToken {
  std::string content;
  bool is_special = false;
};

struct TokenizerFiles {
  // Error: unsupported (a kind llama.cpp cannot get from these files), not_found (no tokenizer at all).
  explicit TokenizerFiles(const SourceFiles& source);

  const SourceFiles& files;
  std::optional<json::object> tokenizer;  // tokenizer.json without its "model"
  json::object model;                     // that "model"; empty without tokenizer.json
  std::optional<json::object> config;     // tokenizer_config.json
  TokenizerKind kind = TokenizerKind::byte_pairs;

  // Identifier -> text, without the added tokens.
  std::map<std::uint32_t, std::string> base_vocabulary() const;
  std::map<std::uint32_t, AddedToken> added_tokens(const std::map<std::uint32_t, std::string>& base) const;
  // "first second", in order of rank.
  std::vector<std::string> merges() const;
};

// A token in a configuration is a string or an object with "content"; empty for anything else.
std::string token_content(const json::value* value);

}  // namespace fragua::models
