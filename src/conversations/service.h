// Conversations: a person's stored chats: list, search, change, bin, branches, sharing, images, export, import. Asking is `dialogue()`.
// Callers: api/native. Threads: the loop's only; the database works on threads of its own.
// What is not there and what is somebody else's get the same answer, after the same work.
#pragma once
#include "conversations/dialogue.h"
#include "conversations/export.h"
#include "conversations/import.h"

namespace fragua::conversations {

struct NewConversation {
  std::string title;
  std::string model;
  std::string system;
  json::object parameters;
  std::string mode = "conversation";
  std::string folder;
};

struct MessageQuery {
  std::string leaf;                       // "": the branch that is shown
  std::string before;                     // "": from the leaf
  std::int64_t limit = 100;
};

struct SharedConversation {
  std::string title;
  std::string owner;
  std::vector<Message> messages;
};

class Service {
 public:
  explicit Service(DialogueParts parts, AnswerLimits limits = {});

  // Before the first request: what a crash left running is stopped. Blocks.
  void recover();
  // Empties the bin at once and then daily; never returns.
  static Task<> keep_house(Service& self);
  // The end of the server: answers stop and are stored.
  Task<> shut_down() { return dialogue_.running().stop_all(std::chrono::seconds(5)); }

  Task<ConversationPage> list(std::string user, ListQuery query);
  Task<Facets> facets(std::string user);
  Task<Conversation> create(std::string user, NewConversation wanted);
  Task<Conversation> require(std::string user, std::string id);
  Task<Conversation> change(std::string user, std::string id, ConversationChange change);
  Task<> remove(std::string user, std::string id);
  Task<Conversation> restore(std::string user, std::string id);

  Task<Branch> messages(std::string user, std::string id, MessageQuery query);
  Task<Message> rate(std::string user, std::string id, std::string message_id, int rating);

  Task<std::string> share(std::string user, std::string id);
  Task<> unshare(std::string user, std::string id);
  Task<SharedConversation> shared(std::string share_id);
  Task<StoredFile> file(std::string user, std::string id);

  Task<std::shared_ptr<Export>> export_one(std::string user, std::string id, ExportFormat format);
  Task<std::shared_ptr<Export>> export_all(std::string user);
  // One at a time in the whole house: Error(overloaded).
  Task<ImportReport> import(std::string user, std::string text);

  Dialogue& dialogue() { return dialogue_; }

 private:
  DialogueParts parts_;
  Dialogue dialogue_;
  std::shared_ptr<bool> importing_ = std::make_shared<bool>(false);
};

}  // namespace fragua::conversations
