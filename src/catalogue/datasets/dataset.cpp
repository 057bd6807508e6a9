#include "catalogue/datasets/dataset.h"

#include "base/error.h"
#include "base/json.h"

namespace fragua::catalogue {

namespace {

constexpr std::uint64_t kValidationOneIn = 10;

// FNV-1a: spreads groups over the parts, the same way for ever.
std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash ^ (hash >> 32);
}

json::object messages_of(const Conversation& conversation) {
  json::array messages;
  for (const auto& turn : conversation.turns) {
    json::object message;
    message["role"] = turn.role;
    message["content"] = turn.content;
    messages.push_back(std::move(message));
  }
  json::object object;
  object["messages"] = std::move(messages);
  return object;
}

// What people wrote could hold the markers themselves; here they are only words.
std::string plain(std::string text) {
  for (auto at = text.find("<|"); at != std::string::npos; at = text.find("<|", at)) text.replace(at, 2, "< |");
  return text;
}

std::string llama3_text(const Conversation& conversation) {
  std::string text = "<|begin_of_text|>";
  for (const auto& turn : conversation.turns) text += "<|start_header_id|>" + turn.role + "<|end_header_id|>\n\n" + plain(turn.content) + "<|eot_id|>";
  return text;
}

}  // namespace

Part part_named(const std::string& name) {
  if (name.empty() || name == "all") return Part::all;
  if (name == "train") return Part::train;
  if (name == "validation") return Part::validation;
  throw Error(ErrorCode::invalid_argument, "\"part\" must be all, train or validation");
}

DatasetFormat format_named(const std::string& name) {
  if (name.empty() || name == "conversations") return DatasetFormat::conversations;
  if (name == "llama3") return DatasetFormat::llama3;
  if (name == "messages") return DatasetFormat::messages;
  throw Error(ErrorCode::invalid_argument, "\"format\" must be conversations, llama3 or messages");
}

std::vector<Conversation> part_of(std::vector<Conversation> all, Part part) {
  if (part == Part::all) return all;
  std::erase_if(all, [&](const Conversation& conversation) {
    return (hash_of(conversation.group) % kValidationOneIn == 0) != (part == Part::validation);
  });
  return all;
}

std::string written(const std::vector<Conversation>& conversations, DatasetFormat format) {
  if (format == DatasetFormat::conversations) {
    json::array list;
    for (const auto& conversation : conversations) list.push_back(messages_of(conversation));
    json::object whole;
    whole["conversations"] = std::move(list);
    return to_pretty_json(whole) + "\n";
  }
  std::string lines;
  for (const auto& conversation : conversations) {
    json::object line;
    if (format == DatasetFormat::llama3) line["text"] = llama3_text(conversation);
    else line = messages_of(conversation);
    lines += to_json(line) + "\n";
  }
  return lines;
}

}  // namespace fragua::catalogue
