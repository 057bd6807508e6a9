#include "api/native/routes.h"

#include "api/native/bodies.h"

namespace fragua::api::native {

void add_routes(Routes& routes) {
  using http::Method;
  const auto post = [&](std::string_view path, Scope scope, Handler handler, json::object (*schema)(),
                        std::uint64_t body_max_bytes, std::string_view summary) {
    routes.push_back(
        {Method::post, path, scope, Dialect::native, body_max_bytes, handler, schema, Answer::json, summary});
  };
  post("/api/v1/tokenize", Scope::infer, tokenize, schema_of<TokenizeBody>, kSmallBody, "A text as tokens");
  post("/api/v1/detokenize", Scope::infer, detokenize, schema_of<DetokenizeBody>, kSmallBody, "Tokens as a text");
  post("/api/v1/rerank", Scope::embed, rerank, schema_of<RerankBody>, kChatBody,
       "Order documents by how well they fit a query");
  post("/api/v1/modelfile/check", Scope::models_read, check_modelfile, schema_of<ModelfileBody>, kChatBody, "What is wrong with a Modelfile, and where");
  routes.push_back({Method::post, "/api/v1/models", Scope::models_write, Dialect::native, kChatBody, create_model, schema_of<ModelBody>, Answer::ndjson,
                    "Create a model from a Modelfile"});
  routes.push_back({Method::post, "/api/v1/blobs", Scope::models_write, Dialect::native, kBlobBody, add_blob, nullptr, Answer::json,
                    "Upload a file; the answer names its digest"});
  const auto get = [&](std::string_view path, Scope scope, Handler handler, Answer answer, std::string_view summary) {
    routes.push_back({Method::get, path, scope, Dialect::native, 0, handler, nullptr, answer, summary});
  };
  get("/health", Scope::open, health, Answer::json, "Says that the server lives");
  get("/ready", Scope::open, ready, Answer::json, "Says that the server takes work");
  get("/metrics", Scope::models_read, metrics, Answer::text, "Counters in Prometheus' text format");
  get("/openapi.json", Scope::open, openapi_document, Answer::json, "This document");
  get("/docs", Scope::open, documentation, Answer::text, "The routes as a page");
}

}  // namespace fragua::api::native
