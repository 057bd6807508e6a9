#include "api/embedding.h"

#include <cmath>

namespace fragua::api {

std::vector<std::string> read_texts(const json::value& value, const std::string& field) {
  std::vector<std::string> texts;
  if (value.is_string()) texts.emplace_back(value.get_string());
  else if (!value.is_null()) body::read(value, texts, field, Unknown::ignored);
  return texts;
}

Task<engine::Embeddings> embed_texts(Call& call, models::StoredModel model, engine::EmbedRequest request, inference::KeepAlive keep_alive) {
  if (request.inputs.empty() && request.token_inputs.empty()) co_return engine::Embeddings{};
  auto task = co_await call.services.inference.start_embed(std::move(model), std::move(request), keep_alive);
  auto* running = task.get();
  call.exchange.on_disconnect([running] { running->cancel(); });
  auto event = co_await task->next();
  call.exchange.on_disconnect({});
  if (!event) throw Error(ErrorCode::internal, "the engine gave no embeddings");
  auto embeddings = std::get<engine::Embeddings>(std::move(*event));
  call.prompt_tokens = embeddings.prompt_tokens;
  call.load_ns = task->load_ns();
  co_return embeddings;
}

void shorten(engine::Embeddings& embeddings, int dimensions) {
  if (dimensions <= 0 || std::uint32_t(dimensions) >= embeddings.dimensions) return;
  const std::size_t from = embeddings.dimensions, to = std::size_t(dimensions);
  const auto rows = embeddings.values.size() / from;
  for (std::size_t row = 0; row < rows; ++row) {
    double sum = 0;
    for (std::size_t i = 0; i < to; ++i) sum += double(embeddings.values[row * from + i]) * embeddings.values[row * from + i];
    const float scale = sum > 0 ? float(1 / std::sqrt(sum)) : 0;
    for (std::size_t i = 0; i < to; ++i) embeddings.values[row * to + i] = embeddings.values[row * from + i] * scale;
  }
  embeddings.values.resize(rows * to);
  embeddings.dimensions = std::uint32_t(to);
}

json::array rows_to_json(const engine::Embeddings& embeddings, std::size_t count) {
  json::array rows;
  for (std::size_t row = 0; row < count && embeddings.dimensions > 0; ++row) {
    json::array values;
    values.reserve(embeddings.dimensions);
    for (std::size_t i = 0; i < embeddings.dimensions; ++i) values.push_back(embeddings.values[row * embeddings.dimensions + i]);
    rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace fragua::api
