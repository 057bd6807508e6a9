// POST /api/embed (one or many texts) and /api/embeddings (the older form, one text).
#include <algorithm>

#include "api/embedding.h"
#include "api/ollama/model_bodies.h"
#include "api/ollama/routes.h"

namespace fragua::api::ollama {

namespace {

// Both endpoints word an unknown model in their own way.
Task<models::StoredModel> model_to_embed(Call& call, const std::string& name) {
  if (name.empty()) throw Error(ErrorCode::invalid_argument, "model is required");
  call.model = name;
  auto found = call.services.store.find(models::ModelName::require(name));
  if (!found) throw Error(ErrorCode::not_found, "model \"" + name + "\" not found, try pulling it first");
  co_return std::move(*found);
}

// Wrong types are named as Ollama does.
std::vector<std::string> read_input(const json::value& input) {
  const auto is_text = [](const json::value& item) { return item.is_string(); };
  const bool is_list = input.is_array() && std::all_of(input.get_array().begin(), input.get_array().end(), is_text);
  if (!input.is_null() && !input.is_string() && !is_list) throw Error(ErrorCode::invalid_argument, "invalid input type");
  if (input.is_string() && input.get_string().empty()) return {};
  return read_texts(input, "input");
}

engine::EmbedRequest to_request(const EmbedBody& body, std::vector<std::string> inputs) {
  engine::EmbedRequest request;
  request.inputs = std::move(inputs);
  request.truncate = body.truncate.value_or(true);
  if (const auto* context = find_member(body.options, "num_ctx")) body::read(*context, request.num_ctx, "options.num_ctx", Unknown::ignored);
  return request;
}

json::object answer_of(const Call& call, const EmbedBody& body, const engine::Embeddings& embeddings, std::size_t count) {
  json::object answer{{"model", body.model}};
  answer["embeddings"] = rows_to_json(embeddings, count);
  answer["total_duration"] = std::uint64_t((call.services.clock.steady() - call.started) / std::chrono::nanoseconds(1));
  answer["load_duration"] = std::max<std::uint64_t>(call.load_ns, 1);
  answer["prompt_eval_count"] = embeddings.prompt_tokens;
  return answer;
}

}  // namespace

Task<> embed(Call& call) {
  const auto body = co_await call.body_as<EmbedBody>(Unknown::ignored);
  auto model = co_await model_to_embed(call, body.model);
  auto inputs = read_input(body.input);
  const auto count = inputs.size();
  if (count == 0) {  // only loads
    co_await call.services.inference.load(std::move(model), body.options, read_keep_alive(body.keep_alive));
    json::object empty{{"model", body.model}, {"embeddings", json::array()}};
    co_await call.reply(std::move(empty));
    co_return;
  }
  auto embeddings = co_await embed_texts(call, std::move(model), to_request(body, std::move(inputs)), read_keep_alive(body.keep_alive));
  shorten(embeddings, body.dimensions);
  co_await call.reply(answer_of(call, body, embeddings, count));
}

Task<> embeddings(Call& call) {
  const auto body = co_await call.body_as<EmbedBody>(Unknown::ignored);
  auto model = co_await model_to_embed(call, body.model);
  json::object answer;
  if (body.prompt.empty()) {
    co_await call.services.inference.load(std::move(model), body.options, read_keep_alive(body.keep_alive));
    answer["embedding"] = json::array();
  } else {
    std::vector<std::string> inputs;
    inputs.push_back(body.prompt);
    auto result = co_await embed_texts(call, std::move(model), to_request(body, std::move(inputs)), read_keep_alive(body.keep_alive));
    answer["embedding"] = std::move(rows_to_json(result, 1)[0]);
  }
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::ollama
