// Export: a person's conversations as one text in pieces: JSON (all branches, images inside; import.h reads it back) or Markdown (the
// branch that is shown). Callers: service makes it, api/native writes the pieces. Threads: the loop's only.
// Holds one piece at a time, and the database no longer than for that.
#pragma once
#include "conversations/conversation.h"
#include "db/store.h"

namespace fragua::conversations {

enum class ExportFormat { json, markdown };

// Of a message and of a conversation without its messages, as the JSON export has them.
json::object to_export(const Message& message, const std::vector<StoredFile>& files);
json::object to_export(const Conversation& conversation);
std::string to_markdown(const Message& message);

class Export {
 public:
  Export(db::Store& store, std::string user, std::vector<std::string> ids, ExportFormat format);
  // Nothing at the end.
  Task<std::optional<std::string>> next();

 private:
  std::string piece(db::Connection& connection);
  void begin_conversation(db::Connection& connection, std::string& text);
  bool add_message(db::Connection& connection, std::string& text);

  db::Store& store_;
  std::string user_;
  std::vector<std::string> ids_;
  ExportFormat format_;
  std::size_t at_ = 0;                    // of ids_
  bool begun_ = false;                    // the text
  bool ended_ = false;
  bool in_conversation_ = false;
  bool is_first_conversation_ = true;
  bool is_first_message_ = true;
  std::int64_t number_ = 0;               // of the message before
  std::vector<std::int64_t> branch_;      // Markdown: what is still to come, the last first
};

}  // namespace fragua::conversations
