// Open WebUI's export: "chat" with history.messages, a tree by parentId; older ones have a plain list.
#include <array>

#include "base/strings.h"
#include "conversations/import_formats.h"

namespace fragua::conversations {

namespace {

std::string unescaped(std::string text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#x27;", "'"}, {"&#39;", "'"}, {"&amp;", "&"}}};
  for (const auto& [entity, sign] : kEntities)
    for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + sign.size())) text.replace(at, entity.size(), sign);
  return text;
}

// Thoughts stand before the answer as a folded quotation.
void take_thinking(Message& message) {
  const std::string_view text = message.content;
  if (!text.starts_with("<details type=\"reasoning\"")) return;
  const auto summary = text.find("</summary>"), end = text.find("</details>");
  if (summary == std::string_view::npos || end == std::string_view::npos || end < summary) return;
  std::vector<std::string> lines = split(trimmed(text.substr(summary + 10, end - summary - 10)), '\n');
  for (auto& line : lines) {
    line = unescaped(std::move(line));
    if (line.starts_with("> ")) line.erase(0, 2);
    else if (line == ">") line.clear();
  }
  message.thinking = join(lines, "\n");
  message.content = std::string(trimmed(text.substr(end + 10)));
}

void read_images(const json::object& object, ImportedMessage& entry) {
  const auto* files = find_array(object, "files");
  if (!files) return;
  for (const auto& file : *files) {
    if (!file.is_object() || string_member(file.get_object(), "type") != "image" || entry.files.size() == kImagesMax) continue;
    if (auto image = image_of(string_member(file.get_object(), "url"))) entry.files.push_back(std::move(*image));
  }
}

std::optional<ImportedMessage> read_message(const json::object& object) {
  ImportedMessage entry;
  auto& message = entry.message;
  message.role = string_member(object, "role");
  if (message.role != "user" && message.role != "assistant") return std::nullopt;
  message.content = string_member(object, "content");
  message.created_at = millis_of_seconds(find_member(object, "timestamp"));
  message.model = message.role == "assistant" ? name_member(object, "model") : "";
  if (message.role == "assistant") take_thinking(message);
  read_images(object, entry);
  if (message.content.empty() && message.thinking.empty() && entry.files.empty()) return std::nullopt;
  return entry;
}

std::vector<ImportNode> read_tree(const json::object& messages) {
  std::vector<ImportNode> nodes;
  for (const auto& [key, value] : messages) {
    if (!value.is_object()) throw Error(ErrorCode::invalid_argument, "each of \"messages\" must be an object");
    nodes.push_back({std::string(key), string_member(value.get_object(), "parentId"), read_message(value.get_object())});
  }
  return nodes;
}

std::vector<ImportNode> read_list(const json::array& messages) {
  std::vector<ImportNode> nodes;
  for (const auto& value : messages) {
    if (!value.is_object()) throw Error(ErrorCode::invalid_argument, "each of \"messages\" must be an object");
    const auto parent_id = nodes.empty() ? "" : nodes.back().id;
    nodes.push_back({std::to_string(nodes.size()), parent_id, read_message(value.get_object())});
  }
  return nodes;
}

void read_about(const json::object& object, const json::object& chat, Conversation& c) {
  c.title = name_member(chat, "title");
  if (c.title.empty()) c.title = name_member(object, "title");
  c.created_at = millis_of_seconds(find_member(object, "created_at"));
  c.updated_at = millis_of_seconds(find_member(object, "updated_at"));
  c.pinned = is_true(object, "pinned");
  c.archived = is_true(object, "archived");
  c.system = string_member(chat, "system");
  const auto models = names_of(find_array(chat, "models"));
  if (!models.empty()) c.model = models.front();
  const auto* meta = find_member(object, "meta");
  c.tags = names_of(meta && meta->is_object() ? find_array(meta->get_object(), "tags") : find_array(chat, "tags"));
}

}  // namespace

ImportedConversation read_openwebui(const json::object& object) {
  ImportedConversation read;
  const auto& chat = require_object(object, "chat");
  read_about(object, chat, read.conversation);
  std::vector<ImportNode> nodes;
  if (const auto* history = find_member(chat, "history"); history && history->is_object()) {
    read.conversation.current_message_id = string_member(history->get_object(), "currentId");
    nodes = read_tree(require_object(history->get_object(), "messages"));
  } else if (const auto* list = find_array(chat, "messages")) {
    nodes = read_list(*list);
  } else {
    throw Error(ErrorCode::invalid_argument, "it has neither \"history\" nor \"messages\"");
  }
  read.messages = in_order(std::move(nodes), read.conversation.current_message_id);
  return read;
}

}  // namespace fragua::conversations
