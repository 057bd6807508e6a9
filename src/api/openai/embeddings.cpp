// POST /v1/embeddings: texts or tokens to vectors, as numbers or as base64 of little-endian floats.
#include <bit>

#include "api/embedding.h"
#include "api/openai/completion_body.h"
#include "api/openai/embeddings_body.h"
#include "api/openai/routes.h"
#include "api/relay.h"
#include "base/strings.h"

namespace fragua::api::openai {

namespace {

constexpr std::size_t kInputsMax = 2048;

static_assert(std::endian::native == std::endian::little, "the base64 form is little-endian");

engine::EmbedRequest to_request(const EmbeddingsBody& body) {
  auto prompts = read_prompts(body.input, "input");
  const bool is_empty = prompts.empty() || (body.input.is_array() && body.input.get_array().empty());
  if (is_empty) body::fail("input", "a text, tokens, or a list of either");
  if (prompts.size() > kInputsMax) body::fail("input", "a list of at most 2048 entries");
  engine::EmbedRequest request;
  request.truncate = false;
  for (auto& prompt : prompts) {
    if (prompt.tokens.empty())
      request.inputs.push_back(std::move(prompt.text));
    else
      request.token_inputs.push_back(std::move(prompt.tokens));
  }
  if (!request.inputs.empty() && !request.token_inputs.empty()) body::fail("input", "all texts or all tokens");
  return request;
}

json::value row_to_json(const engine::Embeddings& embeddings, std::size_t row, bool as_base64) {
  const auto* first = embeddings.values.data() + row * embeddings.dimensions;
  if (as_base64) {
    const std::string_view bytes(reinterpret_cast<const char*>(first), embeddings.dimensions * sizeof(float));
    return json::value_from(to_base64(bytes));
  }
  json::array values;
  values.reserve(embeddings.dimensions);
  for (std::size_t i = 0; i < embeddings.dimensions; ++i) values.push_back(first[i]);
  return values;
}

json::object answer_to_json(const EmbeddingsBody& body, const engine::Embeddings& embeddings) {
  json::array data;
  const std::size_t rows = embeddings.dimensions == 0 ? 0 : embeddings.values.size() / embeddings.dimensions;
  for (std::size_t row = 0; row < rows; ++row) {
    json::object item{{"object", "embedding"}, {"index", row}};
    item["embedding"] = row_to_json(embeddings, row, body.encoding_format == "base64");
    data.push_back(std::move(item));
  }
  json::object answer{{"object", "list"}, {"model", body.model}};
  answer["data"] = std::move(data);
  answer["usage"] = {{"prompt_tokens", embeddings.prompt_tokens}, {"total_tokens", embeddings.prompt_tokens}};
  return answer;
}

}  // namespace

Task<> embeddings(Call& call) {
  const auto body = co_await call.body_as<EmbeddingsBody>(Unknown::ignored);
  if (body.encoding_format != "float" && body.encoding_format != "base64")
    body::fail("encoding_format", "float or base64");
  if (body.dimensions && *body.dimensions < 1) body::fail("dimensions", "at least 1");
  auto request = to_request(body);
  auto model = co_await named_model(call, body.model);
  auto result = co_await embed_texts(call, std::move(model), std::move(request), std::nullopt);
  if (body.dimensions && std::uint32_t(*body.dimensions) > result.dimensions)
    body::fail("dimensions", "at most " + std::to_string(result.dimensions) + ", which this model has");
  shorten(result, body.dimensions.value_or(0));
  co_await call.reply(answer_to_json(body, result));
}

}  // namespace fragua::api::openai
