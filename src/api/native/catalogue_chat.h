// CatalogueChat: the endpoints that chat about a catalogue, and their bodies: our own, and the one that sites have: {"message"} to
// {"response", "events", "sources"} at POST /api/chat. Callers: native/catalogue_routes, ollama/inference. Threads: the loop's only.
#pragma once
#include "api/call.h"
#include "catalogue/assistant/assistant.h"

namespace fragua::api::native {

struct ChatTurnBody {
  std::string role;
  std::string content;
};
template <class V>
void describe(V& field, ChatTurnBody& turn) {
  field.required("role", turn.role, "user or assistant");
  field.required("content", turn.content);
}

struct CatalogueChatBody {
  std::string message;
  std::vector<ChatTurnBody> history;
  bool stream = false;
};
template <class V>
void describe(V& field, CatalogueChatBody& body) {
  field.required("message", body.message, "a question in plain words");
  field.optional("history", body.history, "what was said before it");
  field.optional("stream", body.stream, "events: deltas, then the whole answer");
}

// As a site asks at POST /api/chat.
struct SiteChatBody {
  std::string message;
  std::vector<ChatTurnBody> history;
  std::string catalogue;
  bool stream = false;
};
template <class V>
void describe(V& field, SiteChatBody& body) {
  field.required("message", body.message);
  field.optional("history", body.history);
  field.optional("catalogue", body.catalogue, "its name; the only one when it is left out");
  field.optional("stream", body.stream);
}

// Not Ollama's: it has a message, and neither a model nor messages.
bool is_site_chat(const json::value& body);

Task<> chat_about_catalogue(Call& call);
Task<> chat_of_site(Call& call, json::value body);

}  // namespace fragua::api::native
