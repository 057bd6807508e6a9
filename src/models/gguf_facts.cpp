#include "models/gguf_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/strings.h"
#include "modelfile/template_hints.h"

namespace fragua::models {

namespace {

constexpr std::array kEmbeddingArchitectures = std::to_array<std::string_view>(
    {"bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "modern-bert", "neo-bert", "eurobert",
     "gemma-embedding", "llama-embed", "t5encoder"});

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool splits_at_think(std::string_view text) {
  return contains(text, "content.split('</think>')") || contains(text, "content.split(\"</think>\")");
}

GgufRole role_of(const GgufHeader& header) {
  const auto type = header.text("general.type");
  if (type == "adapter") return GgufRole::adapter;
  if (type == "projector" || type == "mmproj" || header.architecture() == "clip") return GgufRole::projector;
  const bool only_vision = !header.of_architecture("block_count") && header.of_architecture("vision.block_count");
  if (only_vision) return GgufRole::projector;
  return header.architecture().empty() ? GgufRole::unknown : GgufRole::model;
}

// general.file_type, else the tensor type that holds the most elements.
std::string file_type_of(const GgufHeader& header) {
  if (const auto number = header.number("general.file_type")) return std::string(file_type_name(*number));
  std::map<std::uint32_t, double> elements;
  for (const auto& tensor : header.tensors) elements[tensor.type] += double(tensor.elements());
  const auto most = std::max_element(elements.begin(), elements.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  const auto layout = most == elements.end() ? std::nullopt : layout_of(most->first);
  return layout ? std::string(layout->name) : "unknown";
}

bool embeds(const GgufHeader& header) {
  const auto architecture = header.architecture();
  return header.has(architecture + ".pooling_type") ||
         std::find(kEmbeddingArchitectures.begin(), kEmbeddingArchitectures.end(), architecture) !=
             kEmbeddingArchitectures.end();
}

bool fills_in_the_middle(const GgufHeader& header) {
  return header.has("tokenizer.ggml.fim_pre_token_id") || header.has("tokenizer.ggml.prefix_token_id");
}

std::vector<std::string> capabilities_of_model(const GgufHeader& header, const std::string& chat_template) {
  std::vector<std::string> result;
  result.push_back(embeds(header) ? "embedding" : "completion");
  if (header.of_architecture("vision.block_count")) result.push_back("vision");
  for (auto& capability : jinja_capabilities(chat_template)) result.push_back(std::move(capability));
  if (fills_in_the_middle(header)) result.push_back("insert");
  return result;
}

}  // namespace

GgufFacts facts_of(const GgufHeader& header) {
  GgufFacts facts;
  facts.role = role_of(header);
  facts.architecture = header.architecture();
  facts.parameter_count = header.parameter_count();
  facts.parameter_size = human_count(facts.parameter_count);
  facts.file_type = file_type_of(header);
  facts.context_length = header.of_architecture("context_length").value_or(0);
  facts.embedding_length = header.of_architecture("embedding_length").value_or(0);
  facts.block_count = header.of_architecture("block_count").value_or(0);
  facts.tokenizer = header.text("tokenizer.ggml.model");
  facts.chat_template = header.text("tokenizer.chat_template");
  facts.split_count = header.number("split.count").value_or(1);
  if (facts.role == GgufRole::model) facts.capabilities = capabilities_of_model(header, facts.chat_template);
  return facts;
}

std::vector<std::string> jinja_capabilities(std::string_view chat_template) {
  std::vector<std::string> result;
  if (contains(chat_template, "tools") || contains(chat_template, "tool_call")) result.push_back("tools");
  const bool tags = contains(chat_template, "<think>") && contains(chat_template, "</think>");
  // Some templates only strip earlier reasoning; those that know `reasoning_content` strip what others wrote.
  const bool strips = splits_at_think(chat_template) && !contains(chat_template, "reasoning_content");
  if (tags || strips || contains(chat_template, "enable_thinking")) result.push_back("thinking");
  return result;
}

std::vector<std::string> go_template_capabilities(std::string_view text) {
  if (trimmed(text).empty()) return {};
  try {
    const auto parsed = modelfile::GoTemplate::parse(text);
    std::vector<std::string> result;
    if (parsed.mentions("tools")) result.push_back("tools");
    if (parsed.mentions("suffix")) result.push_back("insert");
    if (modelfile::thinking_tags(parsed) || parsed.mentions("isthinkset")) result.push_back("thinking");
    return result;
  } catch (const Error&) {
    return {};  // it cannot be rendered either: whoever asks for an answer is told why
  }
}

std::string human_count(std::uint64_t number) {
  constexpr double kThousand = 1e3, kMillion = 1e6, kBillion = 1e9;
  const double value = double(number);
  const auto decimals = [](double scaled, int places) { return scaled == std::floor(scaled) ? 0 : places; };
  if (value >= kBillion) return fmt::format("{:.{}f}B", value / kBillion, decimals(value / kBillion, 1));
  if (value >= kMillion) return fmt::format("{:.{}f}M", value / kMillion, decimals(value / kMillion, 2));
  if (value >= kThousand) return fmt::format("{:.0f}K", value / kThousand);
  return std::to_string(number);
}

}  // namespace fragua::models
