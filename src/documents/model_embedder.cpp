#include "documents/model_embedder.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::documents {

namespace {

struct Prefixes {
  std::string_view family;                // part of the model's name
  std::string_view passage;
  std::string_view question;
};
constexpr Prefixes kPrefixes[] = {
    {"e5", "passage: ", "query: "},
    {"nomic-embed", "search_document: ", "search_query: "},
    {"mxbai-embed", "", "Represent this sentence for searching relevant passages: "},
    {"bge-large-en", "", "Represent this sentence for searching relevant passages: "},
    {"bge-base-en", "", "Represent this sentence for searching relevant passages: "},
    {"bge-small-en", "", "Represent this sentence for searching relevant passages: "},
    {"snowflake-arctic-embed", "", "query: "},
};

}  // namespace

std::string_view prefix_of(std::string_view model, TextRole role) {
  const auto name = lowercase(model);
  const auto* found = std::find_if(std::begin(kPrefixes), std::end(kPrefixes), [&](const Prefixes& p) { return name.find(p.family) != std::string::npos; });
  if (found == std::end(kPrefixes)) return "";
  return role == TextRole::passage ? found->passage : found->question;
}

Task<std::vector<std::vector<float>>> ModelEmbedder::embed(std::string model, TextRole role, std::vector<std::string> texts) {
  engine::EmbedRequest request;
  const std::string prefix(prefix_of(model, role));
  for (const auto& text : texts) request.inputs.push_back(prefix + text);
  auto stored = co_await inference_.find(std::move(model));
  auto task = co_await inference_.start_embed(std::move(stored), std::move(request), std::nullopt);
  const auto event = co_await task->next();
  if (!event) throw Error(ErrorCode::internal, "the engine gave no embeddings");
  const auto& embeddings = std::get<engine::Embeddings>(*event);
  std::vector<std::vector<float>> vectors;
  for (auto row = embeddings.values.begin(); vectors.size() < texts.size(); row += embeddings.dimensions)
    vectors.emplace_back(row, row + embeddings.dimensions);
  co_return vectors;
}

}  // namespace fragua::documents
