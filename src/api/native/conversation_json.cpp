#include "api/native/conversation_json.h"

#include "base/body.h"
#include "base/strings.h"

namespace fragua::api::native {

namespace {

using conversations::AnswerEvent;

std::string time_text(std::int64_t millis) { return rfc3339(SystemTime(std::chrono::milliseconds(millis))); }

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::array to_json(const std::vector<conversations::Facet>& facets) {
  json::array array;
  for (const auto& facet : facets) array.push_back({{"name", facet.name}, {"count", facet.count}});
  return array;
}

}  // namespace

json::object to_json(const conversations::Conversation& c) {
  json::object object{{"id", c.id},
                      {"title", c.title},
                      {"model", c.model},
                      {"system", c.system},
                      {"parameters", c.parameters},
                      {"mode", c.mode},
                      {"folder", c.folder},
                      {"tags", json::value_from(c.tags)},
                      {"pinned", c.pinned},
                      {"archived", c.archived},
                      {"created_at", time_text(c.created_at)},
                      {"updated_at", time_text(c.updated_at)},
                      {"current_message_id", text_or_null(c.current_message_id)},
                      {"share_id", text_or_null(c.share_id)},
                      {"running_message_id", text_or_null(c.running_message_id)}};
  if (c.snippet) object["snippet"] = *c.snippet;
  return object;
}

json::object to_json(const conversations::Message& m) {
  json::object object{{"id", m.id},
                      {"parent_id", text_or_null(m.parent_id)},
                      {"role", m.role},
                      {"content", m.content},
                      {"thinking", m.thinking},
                      {"images", json::value_from(m.images)},
                      {"model", m.model},
                      {"status", m.status},
                      {"error", m.error},
                      {"rating", m.rating},
                      {"created_at", time_text(m.created_at)},
                      {"siblings", json::value_from(m.siblings)},
                      {"done_reason", m.done_reason}};
  object["figures"] = m.figures ? write_body(*m.figures) : json::value(nullptr);
  object["collections"] = json::value_from(m.collections);
  object["sources"] = m.sources;
  object["sufficient"] = m.sufficient ? json::value(*m.sufficient) : json::value(nullptr);
  return object;
}

json::array to_json(const std::vector<conversations::Message>& messages) {
  json::array array;
  for (const auto& message : messages) array.push_back(to_json(message));
  return array;
}

json::object to_json(const AnswerEvent& event) {
  json::object object;
  switch (event.kind) {
    case AnswerEvent::Kind::question: return {{"type", "message"}, {"message", to_json(event.message)}};
    case AnswerEvent::Kind::answer: return {{"type", "answer"}, {"message", to_json(event.message)}};
    case AnswerEvent::Kind::done: return {{"type", "done"}, {"message", to_json(event.message)}};
    case AnswerEvent::Kind::title: return {{"type", "title"}, {"title", event.title}};
    case AnswerEvent::Kind::delta:
      object["type"] = "delta";
      if (!event.content.empty()) object["content"] = event.content;
      if (!event.thinking.empty()) object["thinking"] = event.thinking;
      return object;
    case AnswerEvent::Kind::waiting: break;
  }
  return object;
}

json::object to_json(const conversations::Facets& facets) {
  return {{"folders", to_json(facets.folders)}, {"tags", to_json(facets.tags)}};
}

json::object to_json(const conversations::ImportReport& report) {
  json::array skipped;
  for (const auto& one : report.skipped) skipped.push_back({{"title", one.title}, {"why", one.why}});
  return {{"imported", report.imported}, {"skipped", std::move(skipped)}};
}

}  // namespace fragua::api::native
