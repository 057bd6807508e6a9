#include "conversations/import.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>

#include "base/strings.h"
#include "conversations/import_formats.h"
#include "conversations/titles.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kDepthMax = 128;
constexpr double kLastSecond = 4e9;           // in the year 2096
constexpr std::size_t kNamesMax = 32;

using Reader = ImportedConversation (*)(const json::object&);

Reader reader_of(const json::value& value) {
  if (!value.is_object()) return nullptr;
  const auto& object = value.get_object();
  if (find_member(object, "mapping")) return read_chatgpt;
  if (find_member(object, "chat")) return read_openwebui;
  if (find_array(object, "messages")) return read_own;
  return nullptr;
}

// The list of conversations, wherever the format has it.
json::array list_of(json::value value) {
  if (value.is_array()) return std::move(value.get_array());
  if (value.is_object()) {
    if (auto* list = value.get_object().if_contains("conversations"); list && list->is_array()) return std::move(list->get_array());
    if (reader_of(value)) return {std::move(value)};
  }
  throw Error(ErrorCode::invalid_argument, "this is no export that Fragua understands: its own JSON, ChatGPT's conversations.json or Open WebUI's export");
}

ImportedConversation read_one(Reader reader, const json::value& value) {
  if (!reader) throw Error(ErrorCode::invalid_argument, "it is in no format that is understood");
  auto read = reader(value.get_object());
  for (const auto& entry : read.messages)
    if (entry.message.content.size() + entry.message.thinking.size() > kContentMaxBytes) throw Error(ErrorCode::too_large, "a message is longer than 4 MiB");
  return read;
}

std::string title_in(const json::value& value) {
  return value.is_object() ? clean_title(string_member(value.get_object(), "title")) : "";
}

// Which children a node has, and where the forest begins.
class Forest {
 public:
  explicit Forest(std::vector<ImportNode> nodes) : nodes_(std::move(nodes)) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) index_.emplace(nodes_[i].id, i);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (index_.at(nodes_[i].id) != i) continue;   // there twice
      const auto parent = index_.find(nodes_[i].parent_id);
      if (nodes_[i].parent_id.empty() || parent == index_.end()) roots_.push_back(i);
      else children_[parent->second].push_back(i);
    }
    sort(roots_);
    for (auto& [parent, children] : children_) sort(children);
  }

  std::vector<ImportedMessage> walk(std::string& current_id) {
    std::vector<ImportedMessage> messages;
    std::map<std::string, std::string> kept;   // each id's nearest message
    std::vector<std::pair<std::size_t, std::string>> waiting;
    push(roots_, "", waiting);
    while (!waiting.empty()) {
      const auto [index, parent_id] = waiting.back();
      waiting.pop_back();
      auto& node = nodes_[index];
      auto nearest = parent_id;
      if (node.message) {
        nearest = node.id;
        node.message->message.id = node.id;
        node.message->message.parent_id = parent_id;
        messages.push_back(std::move(*node.message));
      }
      kept[node.id] = nearest;
      if (const auto found = children_.find(index); found != children_.end()) push(found->second, nearest, waiting);
    }
    const auto current = kept.find(current_id);
    current_id = current == kept.end() ? "" : current->second;
    return messages;
  }

 private:
  static void push(const std::vector<std::size_t>& indices, const std::string& parent_id, std::vector<std::pair<std::size_t, std::string>>& waiting) {
    for (auto i = indices.size(); i > 0; --i) waiting.emplace_back(indices[i - 1], parent_id);
  }
  void sort(std::vector<std::size_t>& indices) const {
    const auto time = [this](std::size_t i) { return nodes_[i].message ? nodes_[i].message->message.created_at : 0; };
    const bool have_times = std::all_of(indices.begin(), indices.end(), [&](std::size_t i) { return time(i) > 0; });
    if (have_times) std::stable_sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) { return time(a) < time(b); });
  }

  std::vector<ImportNode> nodes_;
  std::map<std::string, std::size_t> index_;
  std::vector<std::size_t> roots_;
  std::map<std::size_t, std::vector<std::size_t>> children_;
};

}  // namespace

ParsedImport parse_import(std::string_view text) {
  const auto list = list_of(parse_json(text, kDepthMax));
  if (list.size() > kImportConversationsMax)
    throw Error(ErrorCode::too_large, "at most " + std::to_string(kImportConversationsMax) + " conversations can be imported at once");
  ParsedImport parsed;
  for (const auto& value : list) {
    try {
      parsed.conversations.push_back(read_one(reader_of(value), value));
    } catch (const Error& error) {
      parsed.skipped.push_back({title_in(value), error.what()});
    }
  }
  return parsed;
}

std::vector<ImportedMessage> in_order(std::vector<ImportNode> nodes, std::string& current_id) {
  if (nodes.size() > kImportMessagesMax) throw Error(ErrorCode::too_large, "it has more than " + std::to_string(kImportMessagesMax) + " messages");
  auto messages = Forest(std::move(nodes)).walk(current_id);
  if (messages.empty()) throw Error(ErrorCode::invalid_argument, "it has no messages");
  return messages;
}

const json::object& require_object(const json::object& object, std::string_view key) {
  const auto* found = find_member(object, key);
  if (!found || !found->is_object()) throw Error(ErrorCode::invalid_argument, "it has no \"" + std::string(key) + "\"");
  return found->get_object();
}

const json::array* find_array(const json::object& object, std::string_view key) {
  const auto* found = find_member(object, key);
  return found ? found->if_array() : nullptr;
}

bool is_true(const json::object& object, std::string_view key) {
  const auto* found = find_member(object, key);
  return found && found->is_bool() && found->get_bool();
}

std::string name_member(const json::object& object, std::string_view key) { return clean_title(string_member(object, key)); }

std::vector<std::string> names_of(const json::array* array) {
  std::vector<std::string> names;
  if (!array) return names;
  for (const auto& item : *array) {
    if (!item.is_string() || names.size() == kNamesMax) continue;
    auto name = clean_title(std::string_view(item.get_string()));
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

std::int64_t millis_of_seconds(const json::value* seconds) {
  if (!seconds || !seconds->is_number()) return 0;
  const double value = seconds->to_number<double>();
  // Some programs write milliseconds in the same place.
  const double in_seconds = value > kLastSecond ? value / 1000 : value;
  return in_seconds > 0 && in_seconds < kLastSecond ? std::int64_t(std::llround(in_seconds * 1000)) : 0;
}

std::int64_t millis_of_text(std::string_view rfc3339) {
  const std::string text(rfc3339.substr(0, 40));
  std::tm time{};
  double seconds = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%lf", &time.tm_year, &time.tm_mon, &time.tm_mday, &time.tm_hour, &time.tm_min, &seconds) != 6) return 0;
  time.tm_year -= 1900;
  time.tm_mon -= 1;
  if (!(seconds >= 0 && seconds < 61)) return 0;
  const double whole = double(::timegm(&time)) + seconds;
  return whole > 0 && whole < kLastSecond ? std::int64_t(std::llround(whole * 1000)) : 0;
}

std::optional<StoredFile> image_of(std::string_view data) {
  if (data.starts_with("data:")) {
    const auto comma = data.find(";base64,");
    if (comma == std::string_view::npos) return std::nullopt;
    data.remove_prefix(comma + 8);
  }
  auto bytes = from_base64(data);
  if (!bytes || bytes->size() > kImageMaxBytes) return std::nullopt;
  const auto type = image_type(*bytes);
  if (!type) return std::nullopt;
  return StoredFile{"", "", *type, std::move(*bytes)};
}

}  // namespace fragua::conversations
