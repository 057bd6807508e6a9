// Readers of the formats that import understands, one conversation each, and what they share.
// Callers: import. Threads: any; pure. An Error says why a conversation is left out.
// Never follows a link, never opens a file.
#pragma once
#include "conversations/import.h"

namespace fragua::conversations {

ImportedConversation read_own(const json::object& object);
ImportedConversation read_chatgpt(const json::object& object);
ImportedConversation read_openwebui(const json::object& object);

// A node of a forest. Without a message it hands its children to its parent.
struct ImportNode {
  std::string id;
  std::string parent_id;
  std::optional<ImportedMessage> message;
};
// Parents before children, siblings as listed or by their time; what is not reachable from a root, or there twice, is left out.
// `current_id` becomes the nearest message that is kept.
std::vector<ImportedMessage> in_order(std::vector<ImportNode> nodes, std::string& current_id);

const json::object& require_object(const json::object& object, std::string_view key);
const json::array* find_array(const json::object& object, std::string_view key);
bool is_true(const json::object& object, std::string_view key);
// Names of folders, tags and models: short and of one line.
std::string name_member(const json::object& object, std::string_view key);
std::vector<std::string> names_of(const json::array* array);
// 0 for what is no time.
std::int64_t millis_of_seconds(const json::value* seconds);
std::int64_t millis_of_text(std::string_view rfc3339);
// From "data:image/png;base64,…", or base64 alone; nothing for what is no image.
std::optional<StoredFile> image_of(std::string_view data);

}  // namespace fragua::conversations
