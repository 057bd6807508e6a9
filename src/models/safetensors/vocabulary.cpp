#include "models/safetensors/vocabulary.h"

#include "base/error.h"

namespace fragua::models {

namespace {

constexpr std::string_view kSpaceMark = "\xE2\x96\x81";  // ▁

void set(Vocabulary& vocabulary, std::uint32_t id, std::string token, TokenKind kind) {
  if (id >= vocabulary.tokens.size()) {
    throw Error(ErrorCode::invalid_argument, "the tokenizer has a token with the number " + std::to_string(id) +
                                                 ", but config.json says there are " +
                                                 std::to_string(vocabulary.tokens.size()));
  }
  vocabulary.tokens[id] = std::move(token);
  vocabulary.kinds[id] = kind;
}

}  // namespace

std::string with_spaces(std::string token) {
  for (auto at = token.find(kSpaceMark); at != std::string::npos; at = token.find(kSpaceMark, at + 1)) {
    token.replace(at, kSpaceMark.size(), " ");
  }
  return token;
}

bool looks_special(std::string_view token) {
  constexpr std::string_view kWideBar = "\xEF\xBD\x9C";  // ｜
  const auto is_between = [&](const std::string& begin, const std::string& end) {
    return token.starts_with(begin) && token.ends_with(end);
  };
  return token == "<pad>" || token == "<mask>" || token == "<2mass>" || token == "[@BOS@]" || is_between("<|", "|>") ||
         is_between("<" + std::string(kWideBar), std::string(kWideBar) + ">") || is_between("<unused", ">");
}

Vocabulary read_vocabulary(const TokenizerFiles& tokenizer, std::uint32_t size) {
  if (size > kVocabularyMax) throw Error(ErrorCode::invalid_argument, "config.json: vocab_size is too large");
  Vocabulary vocabulary;
  vocabulary.kinds.assign(size, kUnused);
  for (std::uint32_t id = 0; id < size; ++id) vocabulary.tokens.push_back("[PAD" + std::to_string(id) + "]");
  const auto base = tokenizer.base_vocabulary();
  for (const auto& [id, token] : base) set(vocabulary, id, token, kNormal);
  for (const auto& [id, token] : tokenizer.added_tokens(base)) {
    const bool is_control = token.is_special || looks_special(token.content);
    set(vocabulary, id, is_control ? token.content : with_spaces(token.content), is_control ? kControl : kUserDefined);
  }
  return vocabulary;
}

void mark_word_starts(Vocabulary& vocabulary) {
  for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
    auto& token = vocabulary.tokens[id];
    if (vocabulary.kinds[id] == kControl) continue;
    if (token.starts_with("##")) {
      token.erase(0, 2);
    } else {
      token.insert(0, kSpaceMark);
    }
  }
}

}  // namespace fragua::models
