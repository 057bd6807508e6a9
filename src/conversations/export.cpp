#include "conversations/export.h"

#include <algorithm>

#include "base/body.h"
#include "base/strings.h"
#include "conversations/message_repository.h"
#include "conversations/repository.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kPieceBytes = 512 << 10;

std::string time_text(std::int64_t millis) { return rfc3339(SystemTime(std::chrono::milliseconds(millis))); }

// "key":[ … ]: an object whose last member is still open.
std::string open_object(const json::object& object, std::string_view key) {
  auto text = to_json(object);
  text.pop_back();
  return text + ",\"" + std::string(key) + "\":[";
}

// - [1] manual.pdf, page 3: “the quote in one line”
std::string source_line(const json::object& source) {
  const auto integer = [&](std::string_view key) {
    const auto* value = find_member(source, key);
    return value && value->is_int64() ? value->get_int64() : 0;
  };
  auto line = "- [" + std::to_string(integer("number")) + "] " + string_member(source, "document");
  if (const auto page = integer("page"); page > 0) line += ", page " + std::to_string(page);
  auto quote = string_member(source, "quote");
  std::replace(quote.begin(), quote.end(), '\n', ' ');
  return quote.empty() ? line : line + ": “" + quote + "”";
}

}  // namespace

json::object to_export(const Conversation& c) {
  return {{"title", c.title},       {"model", c.model},
          {"system", c.system},     {"parameters", c.parameters},
          {"mode", c.mode},         {"folder", c.folder},
          {"tags", json::value_from(c.tags)}, {"pinned", c.pinned},
          {"archived", c.archived}, {"created_at", time_text(c.created_at)},
          {"updated_at", time_text(c.updated_at)}, {"current_message_id", c.current_message_id}};
}

json::object to_export(const Message& m, const std::vector<StoredFile>& files) {
  json::array images;
  for (const auto& file : files) images.push_back({{"type", file.type}, {"data", to_base64(file.bytes)}});
  json::object object{{"id", m.id},         {"parent_id", m.parent_id}, {"role", m.role},
                      {"content", m.content}, {"thinking", m.thinking}, {"images", std::move(images)},
                      {"model", m.model},   {"status", m.status},       {"error", m.error},
                      {"rating", m.rating}, {"created_at", time_text(m.created_at)}, {"done_reason", m.done_reason}};
  if (m.figures) object["figures"] = write_body(*m.figures);
  if (m.sufficient) object["sufficient"] = *m.sufficient;
  if (!m.sources.empty()) object["sources"] = m.sources;
  return object;
}

std::string to_markdown(const Message& m) {
  std::string text = m.role == "user" ? "## You" : "## " + (m.model.empty() ? std::string("Assistant") : m.model);
  text += "\n\n";
  for (std::size_t i = 0; i < m.images.size(); ++i) text += "*(image)*\n\n";
  text += m.content;
  if (m.status == "failed") text += "\n\n*(" + m.error + ")*";
  text += "\n\n";
  for (const auto& source : m.sources) text += source_line(source.as_object()) + "\n";
  return m.sources.empty() ? text : text + "\n";
}

Export::Export(db::Store& store, std::string user, std::vector<std::string> ids, ExportFormat format)
    : store_(store), user_(std::move(user)), ids_(std::move(ids)), format_(format) {}

Task<std::optional<std::string>> Export::next() {
  if (ended_) co_return std::nullopt;
  const auto work = [this](db::Connection& connection) { return piece(connection); };
  co_return co_await store_.read(work);
}

std::string Export::piece(db::Connection& connection) {
  const bool is_json = format_ == ExportFormat::json;
  std::string text;
  if (!begun_ && is_json) text = R"({"format":"fragua","version":1,"conversations":[)";
  begun_ = true;
  while (text.size() < kPieceBytes && at_ < ids_.size()) {
    if (!in_conversation_) begin_conversation(connection, text);
    else if (!add_message(connection, text)) {
      if (is_json) text += "]}";
      in_conversation_ = false;
      ++at_;
    }
  }
  ended_ = at_ == ids_.size();
  if (ended_ && is_json) text += "]}\n";
  return text;
}

void Export::begin_conversation(db::Connection& connection, std::string& text) {
  const auto conversation = ConversationRepository(connection).find(user_, ids_[at_]);
  if (!conversation) {   // deleted meanwhile
    ++at_;
    return;
  }
  in_conversation_ = is_first_message_ = true;
  number_ = 0;
  if (format_ == ExportFormat::json) {
    if (!std::exchange(is_first_conversation_, false)) text += ",";
    text += "\n" + open_object(to_export(*conversation), "messages");
    return;
  }
  text += "# " + (conversation->title.empty() ? std::string("Conversation") : conversation->title) + "\n\n";
  if (!conversation->system.empty()) text += "> " + join(split(conversation->system, '\n'), "\n> ") + "\n\n";
  branch_ = MessageRepository(connection).branch_numbers(conversation->id, conversation->current_message_id);
  std::reverse(branch_.begin(), branch_.end());
}

// False: there are no more.
bool Export::add_message(db::Connection& connection, std::string& text) {
  MessageRepository messages(connection);
  const auto& id = ids_[at_];
  if (format_ == ExportFormat::markdown) {
    if (branch_.empty()) return false;
    if (const auto message = messages.find_number(id, branch_.back())) text += to_markdown(*message);
    branch_.pop_back();
    return true;
  }
  const auto next = messages.after(id, number_, 1);
  if (next.empty()) return false;
  const auto& message = next.front();
  number_ = message.number;
  std::vector<StoredFile> files;
  for (const auto& file_id : message.images)
    if (auto file = messages.find_file(id, file_id)) files.push_back(std::move(*file));
  text += std::string(std::exchange(is_first_message_, false) ? "" : ",") + "\n" + to_json(to_export(message, files));
  return true;
}

}  // namespace fragua::conversations
