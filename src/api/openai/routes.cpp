#include "api/openai/routes.h"

#include "api/openai/chat_body.h"
#include "api/openai/completion_body.h"
#include "api/openai/embeddings_body.h"
#include "api/openai/file_routes.h"
#include "api/openai/responses_body.h"

namespace fragua::api::openai {

void add_routes(Routes& routes) {
  using http::Method;
  const auto post = [&](std::string_view path, Scope scope, Handler handler, json::object (*schema)(),
                        std::string_view summary) {
    const auto answer = scope == Scope::infer ? Answer::sse : Answer::json;
    routes.push_back({Method::post, path, scope, Dialect::openai, kChatBody, handler, schema, answer, summary});
  };
  post("/v1/chat/completions", Scope::infer, chat_completions, schema_of<ChatBody>,
       "Answer the next message of a chat");
  // Where Open WebUI has them: its clients work here too.
  post("/api/chat/completions", Scope::infer, chat_completions, schema_of<ChatBody>, "The same as /v1/chat/completions");
  post("/v1/completions", Scope::infer, completions, schema_of<CompletionBody>, "Go on from a prompt");
  post("/v1/responses", Scope::infer, responses, schema_of<ResponsesBody>, "Answer items with items; nothing is kept");
  post("/v1/embeddings", Scope::embed, embeddings, schema_of<EmbeddingsBody>, "Embed texts");
  routes.push_back({Method::post, "/v1/audio/transcriptions", Scope::infer, Dialect::openai, kChatBody, transcriptions,
                    nullptr, Answer::json, "Not supported: says so (no model that hears can be loaded)"});
  const auto get = [&](std::string_view path, Handler handler, std::string_view summary) {
    routes.push_back(
        {Method::get, path, Scope::models_read, Dialect::openai, 0, handler, nullptr, Answer::json, summary});
  };
  get("/v1/models", list_models, "The models of the store");
  get("/api/models", list_models, "The same as /v1/models");
  get("/v1/models/*model", show_model, "One model");
  add_file_routes(routes);
}

}  // namespace fragua::api::openai
