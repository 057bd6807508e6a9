#include "conversations/import_writer.h"

#include "conversations/message_repository.h"
#include "conversations/repository.h"
#include "conversations/titles.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kBytesAtOnce = 1 << 20;
constexpr std::size_t kRowBytes = 200;      // what a message costs besides its text

}  // namespace

ImportWriter::ImportWriter(ParsedImport parsed, std::string user, Entropy entropy, std::int64_t now)
    : parsed_(std::move(parsed)), user_(std::move(user)), entropy_(std::move(entropy)), now_(now) {}

void ImportWriter::write_some(db::Connection& connection) {
  std::size_t bytes = 0;
  while (bytes < kBytesAtOnce && !is_done()) {
    auto& current = parsed_.conversations[at_];
    if (!begun_) begin(connection);
    bytes += kRowBytes;
    if (message_at_ < current.messages.size()) bytes += write_message(connection, std::move(current.messages[message_at_++]));
    else finish(connection);
  }
}

void ImportWriter::begin(db::Connection& connection) {
  auto conversation = parsed_.conversations[at_].conversation;
  auto& kept = parsed_.conversations[at_].conversation;
  conversation.id = kept.id = new_id(entropy_);
  conversation.current_message_id.clear();
  if (conversation.created_at == 0) conversation.created_at = now_;
  if (conversation.updated_at == 0) conversation.updated_at = conversation.created_at;
  for (const auto& entry : parsed_.conversations[at_].messages)
    if (conversation.title.empty() && entry.message.role == "user") conversation.title = first_words(entry.message.content);
  conversation.titled_by = titled_by::kPerson;
  ConversationRepository repository(connection);
  repository.add(user_, conversation);
  repository.move_to_bin(user_, conversation.id, now_);
  new_ids_.clear();
  message_at_ = 0;
  begun_ = true;
}

std::size_t ImportWriter::write_message(db::Connection& connection, ImportedMessage entry) {
  const auto& conversation_id = parsed_.conversations[at_].conversation.id;
  auto& message = entry.message;
  last_id_ = new_ids_[message.id] = new_id(entropy_);
  message.parent_id = message.parent_id.empty() ? "" : new_ids_.at(message.parent_id);
  message.id = last_id_;
  if (message.created_at == 0) message.created_at = now_;
  MessageRepository repository(connection);
  std::size_t bytes = message.content.size() + message.thinking.size();
  for (auto& file : entry.files) {
    file.id = new_id(entropy_);
    file.message_id = message.id;
    message.images.push_back(file.id);
    repository.add_file(conversation_id, file, message.created_at);
    bytes += file.bytes.size();
  }
  repository.add(conversation_id, search_owner(user_), message);
  return bytes;
}

void ImportWriter::finish(db::Connection& connection) {
  const auto& conversation = parsed_.conversations[at_].conversation;
  const auto wanted = new_ids_.find(conversation.current_message_id);
  ConversationChange change;
  change.current_message_id = MessageRepository(connection).deepest(conversation.id, wanted == new_ids_.end() ? last_id_ : wanted->second);
  ConversationRepository repository(connection);
  repository.restore(user_, conversation.id);
  repository.change(user_, conversation.id, change);
  parsed_.conversations[at_] = {};
  begun_ = false;
  ++at_;
}

}  // namespace fragua::conversations
