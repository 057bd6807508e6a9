#include "models/safetensors/tokenizer_files.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr const char* kSpecialRoles[] = {"bos", "eos", "unk", "sep", "pad", "cls", "mask"};

TokenizerKind kind_of(const json::object& model) {
  const auto type = string_member(model, "type", model.contains("merges") ? "BPE" : "");
  if (type == "BPE") {
    const auto* fallback = find_member(model, "byte_fallback");
    const bool is_sentence_piece = fallback && fallback->is_bool() && fallback->get_bool();
    return is_sentence_piece ? TokenizerKind::sentence_piece : TokenizerKind::byte_pairs;
  }
  if (type == "WordPiece") return TokenizerKind::word_piece;
  throw Error(ErrorCode::unsupported, "a tokenizer of the type \"" + type.substr(0, 40) +
                                          "\" cannot be imported; byte-level BPE, WordPiece and SentencePiece can");
}

TokenizerKind kind_of(const TokenizerFiles& tokenizer) {
  const auto& files = tokenizer.files;
  if (tokenizer.tokenizer) {
    const auto kind = kind_of(tokenizer.model);
    if (kind == TokenizerKind::sentence_piece && !files.has("tokenizer.model")) {
      throw Error(ErrorCode::unsupported,
                  "this SentencePiece tokenizer can only be imported with its tokenizer.model, which is missing");
    }
    return kind;
  }
  if (files.has("vocab.json") && files.has("merges.txt")) return TokenizerKind::byte_pairs;
  if (files.has("vocab.txt")) return TokenizerKind::word_piece;
  if (files.has("tokenizer.model")) return TokenizerKind::sentence_piece;
  throw Error(ErrorCode::not_found,
              "the model has no tokenizer: tokenizer.json, vocab.json with merges.txt, vocab.txt "
              "or tokenizer.model is needed");
}

std::optional<std::uint32_t> identifier(const json::value* value) {
  if (!value || !value->is_int64() || !std::in_range<std::uint32_t>(value->get_int64())) return std::nullopt;
  return std::uint32_t(value->get_int64());
}

std::map<std::uint32_t, std::string> invert(const json::object& vocabulary) {
  std::map<std::uint32_t, std::string> result;
  for (const auto& [token, value] : vocabulary) {
    const auto id = identifier(&value);
    if (!id || !result.emplace(*id, std::string(token)).second) {
      throw Error(ErrorCode::corrupt, "the tokenizer's vocabulary gives a token no number of its own");
    }
  }
  return result;
}

std::map<std::uint32_t, std::string> read_lines(const std::string& text) {
  std::map<std::uint32_t, std::string> result;
  auto lines = split(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  for (auto& line : lines) {
    if (line.ends_with('\r')) line.pop_back();
    result.emplace(std::uint32_t(result.size()), std::move(line));
  }
  return result;
}

void add_listed(const json::object& tokenizer, std::map<std::uint32_t, AddedToken>& added) {
  const auto* list = find_member(tokenizer, "added_tokens");
  if (!list || !list->is_array()) return;
  for (const auto& entry : list->get_array()) {
    if (!entry.is_object()) continue;
    const auto& token = entry.get_object();
    const auto id = identifier(find_member(token, "id"));
    const auto* special = find_member(token, "special");
    if (id) added[*id] = {string_member(token, "content"), special && special->is_bool() && special->get_bool()};
  }
}

void add_decoder(const json::object& config, std::map<std::uint32_t, AddedToken>& added) {
  const auto* decoder = find_member(config, "added_tokens_decoder");
  if (!decoder || !decoder->is_object()) return;
  for (const auto& [number, entry] : decoder->get_object()) {
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
    if (error != std::errc() || end != number.data() + number.size() || !entry.is_object()) continue;
    const auto* special = find_member(entry.get_object(), "special");
    added.emplace(id, AddedToken{string_member(entry.get_object(), "content"),
                                 special && special->is_bool() && special->get_bool()});
  }
}

void add_map(const json::object& tokens, std::map<std::uint32_t, AddedToken>& added) {
  for (const auto& [token, value] : tokens) {
    if (const auto id = identifier(&value)) added.emplace(*id, AddedToken{std::string(token), false});
  }
}

void collect_special(const json::object& from, std::set<std::string>& to) {
  for (const std::string role : kSpecialRoles) {
    const auto content = token_content(find_member(from, role + "_token"));
    if (!content.empty()) to.insert(content);
  }
  const auto* more = find_member(from, "additional_special_tokens");
  if (!more || !more->is_array()) return;
  for (const auto& token : more->get_array()) {
    const auto content = token_content(&token);
    if (!content.empty()) to.insert(content);
  }
}

// What the tokenizer's class brings along when no file says it.
std::set<std::string> default_special(TokenizerKind kind) {
  if (kind == TokenizerKind::word_piece) return {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
  return {"<|endoftext|>"};
}

// With the pair's own spaces in the byte alphabet's writing.
std::string joined_pair(const json::array& pair) {
  std::string result;
  for (const auto& part : pair) {
    if (!part.is_string()) throw Error(ErrorCode::corrupt, "the tokenizer's merges are not pairs of texts");
    if (&part != &pair.front()) result += ' ';
    for (const char c : part.get_string()) c == ' ' ? result += "\xC4\xA0" : result += c;
  }
  return result;
}

std::vector<std::string> merges_of_lines(const std::string& text) {
  std::vector<std::string> merges;
  bool is_first = true;
  for (const auto& line : split(text, '\n')) {
    const auto pair = trimmed(line);
    const bool is_heading = std::exchange(is_first, false) && pair.starts_with('#');
    const auto space = pair.find_first_of(" \t");
    if (is_heading || space == std::string_view::npos) continue;
    const auto second = trimmed(pair.substr(space));
    if (second.find_first_of(" \t") == std::string_view::npos) {
      merges.push_back(std::string(pair.substr(0, space)) + " " + std::string(second));
    }
  }
  return merges;
}

}  // namespace

std::string token_content(const json::value* value) {
  if (!value) return "";
  if (value->is_string()) return std::string(value->get_string());
  return value->is_object() ? string_member(value->get_object(), "content") : "";
}

TokenizerFiles::TokenizerFiles(const SourceFiles& source)
    : files(source),
      tokenizer(source.find_object("tokenizer.json")),
      config(source.find_object("tokenizer_config.json")) {
  if (auto* found = tokenizer ? tokenizer->if_contains("model") : nullptr; found && found->is_object()) {
    model = std::move(found->get_object());
    tokenizer->erase("model");
  }
  kind = kind_of(*this);
}

std::map<std::uint32_t, std::string> TokenizerFiles::base_vocabulary() const {
  if (tokenizer) {
    const auto* vocabulary = find_member(model, "vocab");
    if (!vocabulary || !vocabulary->is_object()) {
      throw Error(ErrorCode::corrupt, "tokenizer.json has no vocabulary");
    }
    return invert(vocabulary->get_object());
  }
  if (const auto vocabulary = files.find_object("vocab.json")) return invert(*vocabulary);
  return read_lines(files.find_text("vocab.txt").value_or(""));
}

std::map<std::uint32_t, AddedToken> TokenizerFiles::added_tokens(
    const std::map<std::uint32_t, std::string>& base) const {
  std::map<std::uint32_t, AddedToken> added;
  std::set<std::string> special;
  if (tokenizer) add_listed(*tokenizer, added);
  if (config) {
    add_decoder(*config, added);
    collect_special(*config, special);
  }
  if (const auto tokens = files.find_object("added_tokens.json")) add_map(*tokens, added);
  if (const auto tokens = files.find_object("special_tokens_map.json")) collect_special(*tokens, special);
  if (!tokenizer) special.merge(default_special(kind));
  for (const auto& [id, token] : base) {
    if (special.contains(token)) added.emplace(id, AddedToken{token, true});
  }
  for (auto& [id, token] : added) token.is_special |= special.contains(token.content);
  return added;
}

std::vector<std::string> TokenizerFiles::merges() const {
  const auto* list = find_member(model, "merges");
  if (!list || !list->is_array() || list->get_array().empty()) {
    return merges_of_lines(files.find_text("merges.txt").value_or(""));
  }
  std::vector<std::string> merges;
  for (const auto& merge : list->get_array()) {
    if (merge.is_string()) {
      merges.emplace_back(merge.get_string());
    } else if (merge.is_array() && merge.get_array().size() == 2) {
      merges.push_back(joined_pair(merge.get_array()));
    } else {
      throw Error(ErrorCode::corrupt, "the tokenizer's merges are not pairs of texts");
    }
  }
  return merges;
}

}  // namespace fragua::models
