// POST /api/v1/tokenize, /api/v1/detokenize and /api/v1/rerank.
#include <algorithm>
#include <numeric>

#include "api/embedding.h"
#include "api/native/bodies.h"
#include "api/native/routes.h"
#include "api/relay.h"
#include "base/strings.h"

namespace fragua::api::native {

namespace {

constexpr std::size_t kDocumentsMax = 2048;

// Models of the e5 family were trained with these words before a text.
engine::EmbedRequest to_request(const RerankBody& body) {
  const bool is_e5 = lowercase(body.model).find("e5") != std::string::npos;
  engine::EmbedRequest request;
  request.inputs.push_back((is_e5 ? "query: " : "") + body.query);
  for (const auto& document : body.documents) request.inputs.push_back((is_e5 ? "passage: " : "") + document);
  return request;
}

// The query's row is the first; vectors have length 1, so the product is the cosine.
std::vector<double> scores_of(const engine::Embeddings& embeddings, std::size_t documents) {
  const auto row = [&](std::size_t index) {
    return embeddings.values.begin() + std::ptrdiff_t(index * embeddings.dimensions);
  };
  std::vector<double> scores;
  for (std::size_t i = 0; i < documents; ++i) scores.push_back(std::inner_product(row(0), row(1), row(i + 1), 0.0));
  return scores;
}

json::array results_to_json(const RerankBody& body, const std::vector<double>& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  if (body.top_n) order.resize(std::min(order.size(), std::size_t(*body.top_n)));
  json::array results;
  for (const auto index : order) {
    json::object result{{"index", index}, {"relevance_score", scores[index]}};
    if (body.return_documents) result["document"] = body.documents[index];
    results.push_back(std::move(result));
  }
  return results;
}

void check(const RerankBody& body) {
  if (body.documents.empty() || body.documents.size() > kDocumentsMax)
    throw Error(ErrorCode::invalid_argument, "\"documents\" must have between 1 and 2048 entries");
  if (body.top_n && *body.top_n < 1) throw Error(ErrorCode::invalid_argument, "\"top_n\" must be at least 1");
}

}  // namespace

Task<> tokenize(Call& call) {
  const auto body = co_await call.body_as<TokenizeBody>(Unknown::refused);
  auto model = co_await named_model(call, body.model);
  engine::TextRequest request;
  request.text = body.text;
  request.add_special = body.add_special;
  const auto text =
      co_await call.services.inference.text(std::move(model), engine::FrameKind::tokenize, std::move(request));
  json::object answer;
  answer["model"] = body.model;
  answer["tokens"] = json::value_from(text.tokens);
  answer["pieces"] = json::value_from(text.pieces);
  answer["count"] = text.tokens.size();
  co_await call.reply(std::move(answer));
}

Task<> detokenize(Call& call) {
  const auto body = co_await call.body_as<DetokenizeBody>(Unknown::refused);
  auto model = co_await named_model(call, body.model);
  engine::TextRequest request;
  request.tokens = body.tokens;
  const auto text =
      co_await call.services.inference.text(std::move(model), engine::FrameKind::detokenize, std::move(request));
  json::object answer;
  answer["model"] = body.model;
  answer["text"] = text.text;
  co_await call.reply(std::move(answer));
}

Task<> rerank(Call& call) {
  const auto body = co_await call.body_as<RerankBody>(Unknown::refused);
  check(body);
  auto model = co_await named_model(call, body.model);
  const auto embeddings = co_await embed_texts(call, std::move(model), to_request(body), std::nullopt);
  json::object usage;
  usage["total_tokens"] = embeddings.prompt_tokens;
  json::object answer;
  answer["model"] = body.model;
  answer["results"] = results_to_json(body, scores_of(embeddings, body.documents.size()));
  answer["usage"] = std::move(usage);
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
