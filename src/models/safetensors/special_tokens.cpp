#include "models/safetensors/special_tokens.h"

#include <algorithm>

#include "models/gguf_writer.h"

namespace fragua::models {

namespace {

constexpr int kNormalizerDepth = 8;

std::string part_name(const json::value& part, std::string_view kind) {
  const auto* named = part.is_object() ? find_member(part.get_object(), kind) : nullptr;
  return named && named->is_object() ? string_member(named->get_object(), "id") : "";
}
std::string special_of(const json::value& part) { return part_name(part, "SpecialToken"); }
std::string sequence_of(const json::value& part) { return part_name(part, "Sequence"); }

const json::array* find_array(const json::object& object, std::string_view key) {
  const auto* value = find_member(object, key);
  return value && value->is_array() && !value->get_array().empty() ? &value->get_array() : nullptr;
}

std::optional<bool> find_flag(const json::object& object, std::string_view key) {
  const auto* value = find_member(object, key);
  return value && value->is_bool() ? std::optional(value->get_bool()) : std::nullopt;
}

// The key's name in a GGUF ("seperator" is how it is spelled there); empty for a role that has none.
std::string number_key(const std::string& role) {
  if (role == "cls") return "";
  const std::string name = role == "unk" ? "unknown" : role == "sep" ? "seperator" : role == "pad" ? "padding" : role;
  return "tokenizer.ggml." + name + "_token_id";
}

std::optional<std::int64_t> number_among(const json::array& added_tokens, const std::string& content) {
  for (const auto& entry : added_tokens) {
    if (!entry.is_object() || string_member(entry.get_object(), "content") != content) continue;
    const auto* id = find_member(entry.get_object(), "id");
    return id && id->is_int64() ? std::optional(id->get_int64()) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

SpecialTokens::SpecialTokens(const TokenizerFiles& tokenizer, const ModelConfig& config, const Vocabulary& vocabulary)
    : files_(tokenizer) {
  for (const auto& role : roles_) {
    tokens_[role] = files_.config ? token_content(find_member(*files_.config, role + "_token")) : "";
  }
  if (files_.tokenizer) {
    const auto* normalizer = find_member(*files_.tokenizer, "normalizer");
    if (normalizer && normalizer->is_object()) read_normalizer(normalizer->get_object(), 0);
    if (tokens_["bos"].empty()) tokens_["bos"] = tokens_["cls"];
    if (tokens_["eos"].empty()) tokens_["eos"] = tokens_["sep"];
    read_post_processor();
  } else if (files_.config) {
    lowercase_ = find_flag(*files_.config, "do_lower_case");
  }
  read_flags();
  read_numbers(config, vocabulary);
}

void SpecialTokens::read_normalizer(const json::object& normalizer, int depth) {
  const auto type = string_member(normalizer, "type");
  if (type == "Lowercase") lowercase_ = true;
  if (type == "StripAccents") strip_accents_ = true;
  if (type == "BertNormalizer") {
    if (const auto flag = find_flag(normalizer, "lowercase")) lowercase_ = flag;
    if (const auto flag = find_flag(normalizer, "strip_accents")) strip_accents_ = flag;
  }
  const auto* list = find_array(normalizer, "normalizers");
  if (type != "Sequence" || !list || depth >= kNormalizerDepth) return;
  for (const auto& step : *list) {
    if (step.is_object()) read_normalizer(step.get_object(), depth + 1);
  }
}

void SpecialTokens::read_post_processor() {
  const auto* processor = find_member(*files_.tokenizer, "post_processor");
  if (!processor || !processor->is_object()) return;
  const auto* list = find_member(processor->get_object(), "processors");
  if (!list || !list->is_array()) return read_processor(processor->get_object());
  for (const auto& step : list->get_array()) {
    if (step.is_object()) read_processor(step.get_object());
  }
}

void SpecialTokens::read_processor(const json::object& processor) {
  const auto type = string_member(processor, "type");
  if (type == "ByteLevel") {
    for (const auto* role : {"bos", "eos"}) {
      if (!added(role)) set_added(role, false);
    }
  } else if (type == "RobertaProcessing") {
    read_roberta(processor);
  } else if (type == "TemplateProcessing") {
    first_.clear();
    last_.clear();
    const auto* single = find_array(processor, "single");
    if (single && single->size() > 1) read_single(*single);
    if (const auto* pair = find_array(processor, "pair")) read_pair(*pair);
  }
}

void SpecialTokens::read_roberta(const json::object& processor) {
  for (const auto* role : {"bos", "eos", "sep"}) set_added(role, true);
  for (const std::string role : {"cls", "sep"}) {
    const auto* token = find_array(processor, role);
    if (tokens_[role].empty() && token) tokens_[role] = token_content(&token->front());
  }
}

void SpecialTokens::read_single(const json::array& single) {
  first_ = special_of(single.front());
  if (!first_.empty()) {
    if (first_ != tokens_["bos"] && first_ != tokens_["cls"]) {
      for (const auto* role : {"bos", "cls"}) {
        if (tokens_[role].empty()) tokens_[role] = first_;
      }
    }
    set_added("bos", first_ == tokens_["bos"] || first_ == tokens_["cls"]);
  }
  last_ = special_of(single.back());
  if (!last_.empty()) read_last(last_);
}

// A text that ends in another token than the configuration's EOS ends so; the EOS then ends a turn.
void SpecialTokens::read_last(const std::string& last) {
  if (last != tokens_["eos"]) {
    if (!tokens_["eos"].empty()) {
      const auto* role = std::ranges::find(roles_, "eot") == roles_.end() ? "eot" : "eom";
      roles_.emplace_back(role);
      tokens_[role] = tokens_["eos"];
    }
    tokens_["eos"] = last;
  }
  set_added("eos", true);
}

// Of "first A separator B last" only the separator is looked at.
void SpecialTokens::read_pair(const json::array& pair) {
  const bool starts = !first_.empty() && special_of(pair.front()) == first_;
  const bool ends = !last_.empty() && special_of(pair.back()) == last_;
  if (pair.size() < std::size_t(starts) + std::size_t(ends) + 3) return;
  const auto begin = std::size_t(starts);
  const auto end = pair.size() - std::size_t(ends);
  if (sequence_of(pair[begin]) != "A" || sequence_of(pair[end - 1]) != "B") return;
  const auto separates = [&](const json::value& part) {
    const auto special = special_of(part);
    return !special.empty() && (special == tokens_["sep"] || special == tokens_["eos"]);
  };
  const auto separators = end - begin - 2;
  bool is_added = separates(pair[begin + 1]) && last_.empty();
  if (separators == 2 && separates(pair[begin + 2])) is_added = true;
  set_added("sep", is_added);
  if (is_added && tokens_["sep"].empty()) tokens_["sep"] = tokens_["eos"];
}

void SpecialTokens::read_flags() {
  if (!files_.config) return;
  for (const auto& role : roles_) {
    const auto flag = find_flag(*files_.config, "add_" + role + "_token");
    if (flag && !added(role)) set_added(role, *flag);
  }
}

void SpecialTokens::read_numbers(const ModelConfig& config, const Vocabulary& vocabulary) {
  std::map<std::string, bool> is_known;
  const auto set = [&](const std::string& role, std::int64_t number) {
    if (number < 0 || std::size_t(number) >= vocabulary.tokens.size() || is_known[role]) return;
    is_known[role] = true;
    numbers_.emplace_back(role, std::uint32_t(number));
  };
  const auto* listed = files_.tokenizer ? find_array(*files_.tokenizer, "added_tokens") : nullptr;
  for (const auto& role : roles_) {
    const auto number = listed && !tokens_[role].empty() ? number_among(*listed, tokens_[role]) : std::nullopt;
    if (number) set(role, *number);
  }
  for (const auto& role : roles_) {
    const auto* number = find_member(config.fields(), role + "_token_id");
    if (number && number->is_int64()) set(role, number->get_int64());
  }
  if (files_.kind != TokenizerKind::word_piece) return;
  for (const auto& role : roles_) {
    const auto found = std::ranges::find(vocabulary.tokens, tokens_[role]);
    if (!tokens_[role].empty() && found != vocabulary.tokens.end()) set(role, found - vocabulary.tokens.begin());
  }
}

std::optional<bool> SpecialTokens::added(const std::string& role) const {
  const auto found = std::ranges::find(added_, role, &std::pair<std::string, bool>::first);
  return found == added_.end() ? std::nullopt : std::optional(found->second);
}

void SpecialTokens::set_added(const std::string& role, bool is_added) {
  const auto found = std::ranges::find(added_, role, &std::pair<std::string, bool>::first);
  if (found == added_.end()) {
    added_.emplace_back(role, is_added);
  } else {
    found->second = is_added;
  }
}

void SpecialTokens::describe(GgufWriter& writer) const {
  for (const auto& [role, number] : numbers_) {
    const auto key = number_key(role);
    if (!key.empty()) writer.set_uint32(key, number);
  }
  for (const auto& [role, is_added] : added_) {
    const bool has_key = role == "bos" || role == "eos" || role == "sep";
    if (has_key) writer.set_bool("tokenizer.ggml.add_" + role + "_token", is_added);
  }
}

void SpecialTokens::describe_normalizer(GgufWriter& writer) const {
  if (lowercase_) writer.set_bool("tokenizer.ggml.normalizer.lowercase", *lowercase_);
  if (strip_accents_) writer.set_bool("tokenizer.ggml.normalizer.strip_accents", *strip_accents_);
}

}  // namespace fragua::models
