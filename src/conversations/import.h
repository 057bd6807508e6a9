// Import: other programs' conversations, and our own export, as plain data: a tree of messages each, parents before children.
// Callers: service. Threads: any; pure. Understands our JSON export, ChatGPT's conversations.json and Open WebUI's export.
// Trusts nothing: ids are only compared, what is broken is left out, and one bad conversation does not lose the others.
#pragma once
#include "conversations/conversation.h"

namespace fragua::conversations {

constexpr std::size_t kImportMessagesMax = 50'000;       // of one conversation
constexpr std::size_t kImportConversationsMax = 20'000;

struct Skipped {
  std::string title;
  std::string why;
};
struct ImportReport {
  std::size_t imported = 0;
  std::vector<Skipped> skipped;
};

struct ImportedMessage {
  Message message;                        // id and parent_id as the file has them
  std::vector<StoredFile> files;
};
struct ImportedConversation {
  Conversation conversation;              // current_message_id as the file has it
  std::vector<ImportedMessage> messages;
};
struct ParsedImport {
  std::vector<ImportedConversation> conversations;
  std::vector<Skipped> skipped;
};

// Error(invalid_argument): nothing that is understood.
ParsedImport parse_import(std::string_view text);

}  // namespace fragua::conversations
