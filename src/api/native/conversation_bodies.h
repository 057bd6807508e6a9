// Bodies of the conversations' endpoints. Callers: api/native. Threads: plain data. Unknown fields are refused.
// How long texts may be, and which words are known, conversations/service checks.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/body.h"

namespace fragua::api::native {

struct NewConversationBody {
  std::string title;
  std::string model;
  std::string system;
  json::object parameters;
  std::string mode = "conversation";
  std::string folder;
};
template <class V>
void describe(V& field, NewConversationBody& body) {
  field.optional("title", body.title, "made by the model after the first answer when it is left out");
  field.optional("model", body.model);
  field.optional("system", body.system, "instructions that come before everything else");
  field.optional("parameters", body.parameters, "temperature, num_predict, top_p, …, think, keep_alive");
  field.optional("mode", body.mode, "\"conversation\", or \"command\": each question alone");
  field.optional("folder", body.folder);
}

struct ConversationChangeBody {
  std::optional<std::string> title;
  std::optional<std::string> model;
  std::optional<std::string> system;
  std::optional<json::object> parameters;
  std::optional<std::string> mode;
  std::optional<std::string> folder;
  std::optional<std::vector<std::string>> tags;
  std::optional<bool> pinned;
  std::optional<bool> archived;
  std::optional<std::string> current_message_id;
};
template <class V>
void describe(V& field, ConversationChangeBody& body) {
  field.optional("title", body.title);
  field.optional("model", body.model);
  field.optional("system", body.system);
  field.optional("parameters", body.parameters);
  field.optional("mode", body.mode);
  field.optional("folder", body.folder, "\"\": none");
  field.optional("tags", body.tags);
  field.optional("pinned", body.pinned);
  field.optional("archived", body.archived);
  field.optional("current_message_id", body.current_message_id, "the branch through this message is shown");
}

struct QuestionBody {
  std::optional<std::string> parent_id;
  std::string content;
  std::vector<std::string> images;
  std::string model;
  std::vector<std::string> collections;
};
template <class V>
void describe(V& field, QuestionBody& body) {
  field.optional("parent_id", body.parent_id, "the message it follows; null: it begins the conversation. Editing is asking again there");
  field.optional("content", body.content);
  field.optional("images", body.images, "base64, or ids of images of this conversation");
  field.optional("model", body.model, "the conversation's when it is left out");
  field.optional("collections", body.collections, "ids: the answer comes from their documents, with its sources");
}

struct AnswerBody {
  std::string model;
};
template <class V>
void describe(V& field, AnswerBody& body) {
  field.optional("model", body.model, "the conversation's when it is left out");
}

struct NothingBody {};
template <class V>
void describe(V&, NothingBody&) {}

struct RatingBody {
  int rating = 0;
};
template <class V>
void describe(V& field, RatingBody& body) {
  field.required("rating", body.rating, "-1, 0 or 1");
}

}  // namespace fragua::api::native
