// ConversationRepository: the SQL of conversations themselves: their list, changes, bin, shares. Callers: conversations/ services.
// Threads: inside a db::Database transaction. Every query names the owner: what is somebody else's is not found.
// Never reads a message's text.
#pragma once
#include "conversations/conversation.h"
#include "db/database.h"

namespace fragua::conversations {

struct ListQuery {
  std::string search;                     // words as a person types them; "": all
  std::string folder;
  std::string tag;
  bool archived = false;
  std::int64_t limit = 50;
  std::string cursor;                     // of the page before
};
struct ConversationPage {
  std::vector<Conversation> conversations;
  std::string next_cursor;                // "": no more
};

// What is absent stays as it is.
struct ConversationChange {
  std::optional<std::string> title;
  std::optional<std::string> model;
  std::optional<std::string> system;
  std::optional<json::object> parameters;
  std::optional<std::string> mode;
  std::optional<std::string> folder;
  std::optional<std::vector<std::string>> tags;
  std::optional<bool> pinned;
  std::optional<bool> archived;
  std::optional<std::string> current_message_id;
};

struct Facet {
  std::string name;
  std::int64_t count = 0;
};
struct Facets {
  std::vector<Facet> folders;
  std::vector<Facet> tags;
};

struct Share {
  std::string conversation_id;
  std::string title;
  std::string owner;                      // name
  std::string leaf_id;
};

// The owner as one word of the text indexes.
std::string search_owner(const std::string& user);
std::vector<std::string> texts_of(const std::string& json_array);
std::string json_of(const std::vector<std::string>& texts);

class ConversationRepository {
 public:
  explicit ConversationRepository(db::Connection& connection) : db_(connection) {}

  void add(const std::string& user, const Conversation& conversation);
  // Not those in the bin.
  std::optional<Conversation> find(const std::string& user, const std::string& id);
  Conversation require(const std::string& user, const std::string& id);      // Error(not_found)
  // `match` is the text index's expression of query.search (search.h); "" when nothing is searched.
  ConversationPage list(const std::string& user, const ListQuery& query, const std::string& match);
  Facets facets(const std::string& user);
  std::vector<std::string> ids(const std::string& user);                     // oldest first
  std::int64_t count(const std::string& user);                               // the bin too

  bool change(const std::string& user, const std::string& id, const ConversationChange& change);
  // A new message: it is shown, and the conversation is the newest.
  void touch(const std::string& id, const std::string& current_message_id, std::int64_t now);
  // Only over what stands lower: nobody < words < model; never over a person's.
  bool set_title(const std::string& id, const std::string& title, const std::string& by);
  // Only where nobody gave any.
  void set_tags_if_none(const std::string& id, const std::vector<std::string>& tags);
  void set_model_if_none(const std::string& id, const std::string& model);

  bool move_to_bin(const std::string& user, const std::string& id, std::int64_t now);
  bool restore(const std::string& user, const std::string& id);
  // Deletes at most `limit` that have been in the bin since before then; how many.
  std::int64_t purge(std::int64_t before, std::int64_t limit);

  // The id that it has already, else `id`; the leaf is renewed.
  std::string share(const std::string& conversation_id, const std::string& id, const std::string& leaf_id, std::int64_t now);
  void unshare(const std::string& conversation_id);
  std::optional<Share> find_share(const std::string& id);

 private:
  // The rows are those of the page, with the number of the message that was found.
  void add_snippets(ConversationPage& page, const db::Rows& rows, const std::string& match);

  db::Connection& db_;
};

}  // namespace fragua::conversations
