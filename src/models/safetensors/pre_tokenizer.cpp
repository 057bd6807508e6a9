#include "models/safetensors/pre_tokenizer.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace fragua::models {

namespace {

struct KnownPattern {
  std::string_view pattern;
  std::string_view name;
};

// As the published tokenizer.json files write them.
constexpr std::array<KnownPattern, 5> kPatterns{{
    {R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
     "llama-bpe"},
    {R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
     "qwen2"},
    {R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
     "tekken"},
    {R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
     "gpt-4o"},
    {R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", "gpt-2"},
}};

bool flag(const json::object& step, std::string_view name, bool fallback) {
  const auto* value = find_member(step, name);
  return value && value->is_bool() ? value->get_bool() : fallback;
}

std::vector<json::object> steps_of(const json::value& pre_tokenizer) {
  std::vector<json::object> steps;
  if (!pre_tokenizer.is_object()) return steps;
  const auto& object = pre_tokenizer.get_object();
  const auto* list = find_member(object, "pretokenizers");
  if (string_member(object, "type") != "Sequence") return {object};
  if (!list || !list->is_array()) return steps;
  for (const auto& step : list->get_array()) {
    if (step.is_object()) steps.push_back(step.get_object());
  }
  return steps;
}

// A step in one line: "split <pattern>", "digits", "gpt-2" (bytes with GPT-2's own pattern), "bytes".
std::string summary(const json::object& step) {
  const auto type = string_member(step, "type");
  if (type == "Digits") return flag(step, "individual_digits", false) ? "digits" : "digit runs";
  if (type == "ByteLevel") {
    if (flag(step, "add_prefix_space", true)) return "bytes after a space";
    return flag(step, "use_regex", true) ? "gpt-2" : "bytes";
  }
  if (type != "Split" || flag(step, "invert", false)) return type;
  const auto* pattern = find_member(step, "pattern");
  if (!pattern || !pattern->is_object()) return type;
  auto regex = string_member(pattern->get_object(), "Regex");
  // Some files hold the control characters themselves instead of their escapes.
  for (const auto& [raw, escaped] : {std::pair{"\r", "\\r"}, std::pair{"\n", "\\n"}}) {
    for (auto at = regex.find(raw); at != std::string::npos; at = regex.find(raw, at + 2))
      regex.replace(at, 1, escaped);
  }
  return "split " + regex;
}

std::string name_of_split(std::string_view step, bool ignore_merges) {
  constexpr std::string_view kSplit = "split ";
  if (!step.starts_with(kSplit)) return "";
  const auto found = std::ranges::find(kPatterns, step.substr(kSplit.size()), &KnownPattern::pattern);
  if (found == kPatterns.end()) return "";
  // The same pattern, but llama.cpp also takes whole words from the vocabulary under Llama 3's name.
  if (found->name == "llama-bpe" && !ignore_merges) return "smaug-bpe";
  return std::string(found->name);
}

std::string name_of_steps(const std::vector<std::string>& steps, bool ignore_merges) {
  if (steps.size() == 1 && steps[0] == "gpt-2") return "gpt-2";
  if (steps.size() == 2 && steps[0] == "digits" && steps[1] == "gpt-2") return "smollm";
  if (steps.size() == 2 && steps[1] == "bytes") return name_of_split(steps[0], ignore_merges);
  return "";
}

std::string shown(const std::vector<std::string>& steps) {
  std::string text;
  for (const auto& step : steps) text += (text.empty() ? "" : ", then ") + step.substr(0, 120);
  return text.empty() ? "none" : text;
}

std::string name_without_file(const TokenizerFiles& tokenizer, const std::string& fallback) {
  const auto type = tokenizer.config ? string_member(*tokenizer.config, "tokenizer_class") : "";
  if (type.starts_with("GPT2Tokenizer")) return "gpt-2";
  if (type.starts_with("Qwen2Tokenizer")) return "qwen2";
  if (!fallback.empty()) return fallback;
  throw Error(ErrorCode::unsupported,
              "without tokenizer.json it is not known how this model's tokenizer splits text; add that file");
}

}  // namespace

std::string pre_tokenizer_name(const TokenizerFiles& tokenizer, const std::string& fallback) {
  if (!tokenizer.tokenizer) return name_without_file(tokenizer, fallback);
  std::vector<std::string> steps;
  if (const auto* pre_tokenizer = find_member(*tokenizer.tokenizer, "pre_tokenizer")) {
    for (const auto& step : steps_of(*pre_tokenizer)) steps.push_back(summary(step));
  }
  const auto name = name_of_steps(steps, flag(tokenizer.model, "ignore_merges", false));
  if (!name.empty()) return name;
  throw Error(ErrorCode::unsupported, "the way this tokenizer splits text is not known to Fragua (" + shown(steps) +
                                          "); known are those of GPT-2, Llama 3, Qwen 2, SmolLM, Mistral Nemo and "
                                          "GPT-4o. A GGUF of the model can be used instead");
}

}  // namespace fragua::models
