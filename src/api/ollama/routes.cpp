#include "api/ollama/routes.h"

#include "api/ollama/model_bodies.h"

namespace fragua::api::ollama {

void add_routes(Routes& routes) {
  using http::Method;
  const auto add = [&](Method method, std::string_view path, Scope scope, std::uint64_t body_max, Handler handler,
                       json::object (*schema)(), Answer answer, std::string_view summary) {
    routes.push_back({method, path, scope, Dialect::ollama, body_max, handler, schema, answer, summary});
  };
  add(Method::get, "/", Scope::open, 0, root, nullptr, Answer::text, "Says that the server runs");
  add(Method::get, "/api/version", Scope::open, 0, version, nullptr, Answer::json, "The server's version");
  add(Method::post, "/api/generate", Scope::infer, kChatBody, generate, schema_of<GenerateBody>, Answer::ndjson, "Answer a prompt");
  add(Method::post, "/api/chat", Scope::infer, kChatBody, chat, schema_of<ChatBody>, Answer::ndjson, "Answer the next message of a chat");
  add(Method::post, "/api/embed", Scope::embed, kChatBody, embed, schema_of<EmbedBody>, Answer::json, "Embed texts");
  add(Method::post, "/api/embeddings", Scope::embed, kChatBody, embeddings, schema_of<EmbedBody>, Answer::json, "Embed one text");
  add(Method::get, "/api/tags", Scope::models_read, 0, tags, nullptr, Answer::json, "The models of the store");
  add(Method::get, "/api/ps", Scope::models_read, 0, ps, nullptr, Answer::json, "The models that are loaded");
  add(Method::post, "/api/show", Scope::models_read, kSmallBody, show, schema_of<ShowBody>, Answer::json, "All about a model");
  add(Method::post, "/api/copy", Scope::models_write, kSmallBody, copy, schema_of<CopyBody>, Answer::empty, "Copy a model");
  add(Method::delete_, "/api/delete", Scope::models_write, kSmallBody, remove, schema_of<DeleteBody>, Answer::empty, "Delete a model");
  add(Method::post, "/api/pull", Scope::models_write, kSmallBody, pull, schema_of<TransferBody>, Answer::ndjson, "Download a model");
  add(Method::post, "/api/push", Scope::models_write, kSmallBody, push, schema_of<TransferBody>, Answer::ndjson, "Upload a model");
  add(Method::post, "/api/create", Scope::models_write, kChatBody, create, schema_of<CreateBody>, Answer::ndjson, "Create a model");
  add(Method::head, "/api/blobs/:digest", Scope::models_write, 0, has_blob, nullptr, Answer::empty, "Whether a blob is there");
  add(Method::post, "/api/blobs/:digest", Scope::models_write, kBlobBody, upload_blob, nullptr, Answer::empty, "Upload a blob");
}

}  // namespace fragua::api::ollama
