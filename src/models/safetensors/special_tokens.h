// SpecialTokens: which tokens begin, end, separate and pad, whether they are added, and the normalizer's flags.
// Callers: models/safetensors/tokenizer. Threads: any. The rules and their order follow llama.cpp's converter.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/safetensors/config.h"
#include "models/safetensors/tokenizer_files.h"
#include "models/safetensors/vocabulary.h"

namespace fragua::models {

class GgufWriter;

class SpecialTokens {
 public:
  SpecialTokens(const TokenizerFiles& tokenizer, const ModelConfig& config, const Vocabulary& vocabulary);

  void describe(GgufWriter& writer) const;  // the numbers, and which are added
  void describe_normalizer(GgufWriter& writer) const;

 private:
  void read_normalizer(const json::object& normalizer, int depth);
  void read_post_processor();
  void read_processor(const json::object& processor);
  void read_roberta(const json::object& processor);
  void read_single(const json::array& single);
  void read_last(const std::string& last);
  void read_pair(const json::array& pair);
  void read_flags();
  void read_numbers(const ModelConfig& config, const Vocabulary& vocabulary);

  std::optional<bool> added(const std::string& role) const;
  void set_added(const std::string& role, bool is_added);

  const TokenizerFiles& files_;
  std::vector<std::string> roles_{"bos", "eos", "unk", "sep", "pad", "cls", "mask"};
  std::map<std::string, std::string> tokens_;  // role -> text
  std::vector<std::pair<std::string, std::uint32_t>> numbers_;
  std::vector<std::pair<std::string, bool>> added_;
  std::string first_;  // what the template puts around a text
  std::string last_;
  std::optional<bool> lowercase_;
  std::optional<bool> strip_accents_;
};

}  // namespace fragua::models
