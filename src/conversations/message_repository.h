// MessageRepository: the SQL of one conversation's tree of messages and of its images. Callers: conversations/ services, which have
// made sure of the owner in the same transaction. Threads: inside a db::Database transaction.
// A branch is walked from its leaf up, so that a page costs what it holds, however long the conversation is.
#pragma once
#include "conversations/conversation.h"
#include "db/database.h"

namespace fragua::conversations {

struct BranchLimits {
  std::int64_t messages = 100;
  std::int64_t bytes = 4 << 20;           // of texts; the message that passes it is the last
};
struct Branch {
  std::vector<Message> messages;          // oldest first
  bool more = false;                      // there are messages above
};

struct AnswerText {
  std::string message_id;
  std::string content;
  std::string thinking;
};

class MessageRepository {
 public:
  explicit MessageRepository(db::Connection& connection) : db_(connection) {}

  void add(const std::string& conversation_id, const std::string& owner_word, const Message& message);
  std::optional<Message> find(const std::string& conversation_id, const std::string& id);
  Message require(const std::string& conversation_id, const std::string& id);       // Error(not_found)
  std::int64_t count(const std::string& conversation_id);

  Branch branch(const std::string& conversation_id, const std::string& leaf_id, BranchLimits limits);
  // From `id` down, always to the newest child.
  std::string deepest(const std::string& conversation_id, const std::string& id);
  // The newest root's; "" in an empty conversation.
  std::string newest_leaf(const std::string& conversation_id);
  // Of all branches, in the order in which they were made.
  std::vector<Message> after(const std::string& conversation_id, std::int64_t number, std::int64_t limit);
  // Numbers of a whole branch, oldest first, and some of them as messages.
  std::vector<std::int64_t> branch_numbers(const std::string& conversation_id, const std::string& leaf_id);
  std::optional<Message> find_number(const std::string& conversation_id, std::int64_t number);
  bool is_in_branch(const std::string& conversation_id, const std::string& leaf_id, const std::string& id);

  // While it runs.
  void save_text(const AnswerText& text);
  // Status, text, figures: the end of an answer.
  void finish(const Message& message);
  bool start_again(const std::string& id);                                          // false: it runs
  bool rate(const std::string& conversation_id, const std::string& id, int rating);
  // What a crash left running; how many.
  std::int64_t stop_all_running();

  void add_file(const std::string& conversation_id, const StoredFile& file, std::int64_t now);
  std::optional<StoredFile> find_file(const std::string& conversation_id, const std::string& id);
  // Whose conversation a file belongs to: the owner's own, or one that is shared with the file's message in it.
  std::optional<StoredFile> find_visible_file(const std::string& user, const std::string& id);

 private:
  void add_sources(const Message& message);
  db::Connection& db_;
};

}  // namespace fragua::conversations
