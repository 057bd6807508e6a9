// ChatGPT's conversations.json: a "mapping" of nodes, some of which are tools' or hidden.
#include "conversations/import_formats.h"

namespace fragua::conversations {

namespace {

std::string text_of_parts(const json::object& content) {
  const auto* parts = find_array(content, "parts");
  if (!parts) return string_member(content, "text");
  std::string text;
  for (const auto& part : *parts) {
    std::string piece;
    if (part.is_string()) piece = std::string(part.get_string());
    else if (part.is_object()) piece = string_member(part.get_object(), "content_type") == "image_asset_pointer" ? "*(image)*" : string_member(part.get_object(), "text");
    if (piece.empty()) continue;
    if (!text.empty()) text += "\n\n";
    text += piece;
  }
  return text;
}

bool is_said(const json::object& message, const json::object& content) {
  const auto type = string_member(content, "content_type", "text");
  const auto recipient = string_member(message, "recipient", "all");
  const auto* metadata = find_member(message, "metadata");
  const bool hidden = metadata && metadata->is_object() && is_true(metadata->get_object(), "is_visually_hidden_from_conversation");
  return !hidden && recipient == "all" && (type == "text" || type == "multimodal_text" || type == "code");
}

// Nothing for what a person does not see: the system's, tools', thoughts, empty ones.
std::optional<ImportedMessage> read_message(const json::object& node) {
  const auto* found = find_member(node, "message");
  if (!found || !found->is_object()) return std::nullopt;
  const auto& message = found->get_object();
  const auto *author = find_member(message, "author"), *content = find_member(message, "content"), *metadata = find_member(message, "metadata");
  if (!author || !author->is_object() || !content || !content->is_object()) return std::nullopt;
  const auto role = string_member(author->get_object(), "role");
  if ((role != "user" && role != "assistant") || !is_said(message, content->get_object())) return std::nullopt;
  ImportedMessage entry;
  entry.message.role = role;
  entry.message.content = text_of_parts(content->get_object());
  entry.message.created_at = millis_of_seconds(find_member(message, "create_time"));
  if (role == "assistant" && metadata && metadata->is_object()) entry.message.model = name_member(metadata->get_object(), "model_slug");
  if (entry.message.content.empty()) return std::nullopt;
  return entry;
}

}  // namespace

ImportedConversation read_chatgpt(const json::object& object) {
  ImportedConversation read;
  auto& c = read.conversation;
  c.title = name_member(object, "title");
  c.created_at = millis_of_seconds(find_member(object, "create_time"));
  c.updated_at = millis_of_seconds(find_member(object, "update_time"));
  c.archived = is_true(object, "is_archived");
  c.current_message_id = string_member(object, "current_node");
  std::vector<ImportNode> nodes;
  for (const auto& [key, value] : require_object(object, "mapping")) {
    if (!value.is_object()) throw Error(ErrorCode::invalid_argument, "each of \"mapping\" must be an object");
    const auto& node = value.get_object();
    nodes.push_back({std::string(key), string_member(node, "parent"), read_message(node)});
  }
  read.messages = in_order(std::move(nodes), c.current_message_id);
  return read;
}

}  // namespace fragua::conversations
