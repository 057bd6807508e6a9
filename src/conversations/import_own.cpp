// Our own JSON export (export.h).
#include <algorithm>

#include "base/body.h"
#include "conversations/import_formats.h"
#include "conversations/prompt.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kSourcesMax = 100;            // of one answer

std::string one_of(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) == words.end() ? std::string(*words.begin()) : text;
}

// Read field by field, so that nothing else comes with it. Its ids name documents of this server or none at all: who opens one is asked for the right to.
struct ImportedSource {
  std::int64_t number = 0, page = 0, page_end = 0;
  double score = 0;
  std::string document_id, document, title, collection_id, collection, heading, quote, content;
  std::vector<std::vector<double>> boxes;
};
template <class V> void describe(V& field, ImportedSource& source) {
  field.required("number", source.number);
  field.required("document", source.document);
  field.optional("document_id", source.document_id);
  field.optional("title", source.title);
  field.optional("collection_id", source.collection_id);
  field.optional("collection", source.collection);
  field.optional("page", source.page);
  field.optional("page_end", source.page_end);
  field.optional("heading", source.heading);
  field.optional("score", source.score);
  field.optional("quote", source.quote);
  field.optional("boxes", source.boxes);
  field.optional("content", source.content);
}

json::array sources_of(const json::object& message) {
  json::array sources;
  const auto* listed = find_array(message, "sources");
  if (!listed) return sources;
  if (listed->size() > kSourcesMax) throw Error(ErrorCode::invalid_argument, "\"sources\" has too many entries");
  for (const auto& item : *listed) {
    ImportedSource source;
    body::read(item, source, "sources", Unknown::ignored);
    sources.push_back(write_body(source));
  }
  return sources;
}

ImportedMessage read_message(const json::object& object) {
  ImportedMessage entry;
  auto& m = entry.message;
  m.role = one_of(string_member(object, "role"), {"user", "assistant"});
  m.content = string_member(object, "content");
  m.thinking = string_member(object, "thinking");
  m.model = name_member(object, "model");
  m.status = one_of(string_member(object, "status", "done"), {"stopped", "done", "failed"});
  m.error = string_member(object, "error");
  m.done_reason = name_member(object, "done_reason");
  m.created_at = millis_of_text(string_member(object, "created_at"));
  if (const auto* rating = find_member(object, "rating"); rating && rating->is_int64()) m.rating = int(std::clamp<std::int64_t>(rating->get_int64(), -1, 1));
  if (const auto* figures = find_member(object, "figures")) {
    m.figures.emplace();
    body::read(*figures, *m.figures, "figures", Unknown::ignored);
  }
  if (find_member(object, "sufficient")) {
    m.sufficient = is_true(object, "sufficient");
    m.sources = sources_of(object);
  }
  if (const auto* images = find_array(object, "images")) {
    for (const auto& image : *images) {
      auto file = image.is_object() ? image_of(string_member(image.get_object(), "data")) : std::nullopt;
      if (file && entry.files.size() < kImagesMax) entry.files.push_back(std::move(*file));
    }
  }
  return entry;
}

}  // namespace

ImportedConversation read_own(const json::object& object) {
  ImportedConversation read;
  auto& c = read.conversation;
  c.title = name_member(object, "title");
  c.model = name_member(object, "model");
  c.system = string_member(object, "system");
  c.mode = one_of(string_member(object, "mode"), {"conversation", "command"});
  c.folder = name_member(object, "folder");
  c.tags = names_of(find_array(object, "tags"));
  c.pinned = is_true(object, "pinned");
  c.archived = is_true(object, "archived");
  c.created_at = millis_of_text(string_member(object, "created_at"));
  c.updated_at = millis_of_text(string_member(object, "updated_at"));
  c.current_message_id = string_member(object, "current_message_id");
  if (const auto* parameters = find_member(object, "parameters")) {
    if (!parameters->is_object()) throw Error(ErrorCode::invalid_argument, "\"parameters\" must be an object");
    settings_of(parameters->get_object());
    c.parameters = parameters->get_object();
  }
  std::vector<ImportNode> nodes;
  const auto* messages = find_array(object, "messages");
  if (!messages) throw Error(ErrorCode::invalid_argument, "it has no \"messages\"");
  for (const auto& item : *messages) {
    if (!item.is_object()) throw Error(ErrorCode::invalid_argument, "each of \"messages\" must be an object");
    const auto& message = item.get_object();
    nodes.push_back({string_member(message, "id"), string_member(message, "parent_id"), read_message(message)});
  }
  read.messages = in_order(std::move(nodes), c.current_message_id);
  return read;
}

}  // namespace fragua::conversations
