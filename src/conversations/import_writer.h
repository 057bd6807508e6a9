// ImportWriter: puts parsed conversations into the database, some at a time, so that nobody waits long for the write lock. One that is
// not whole yet lies in the bin: nobody sees it, and a crash leaves it there to be thrown away.
// Callers: service. Threads: one at a time; write_some inside a db::Database transaction.
#pragma once
#include <map>

#include "conversations/import.h"
#include "db/database.h"

namespace fragua::conversations {

class ImportWriter {
 public:
  ImportWriter(ParsedImport parsed, std::string user, Entropy entropy, std::int64_t now);
  bool is_done() const { return at_ == parsed_.conversations.size(); }
  void write_some(db::Connection& connection);
  ImportReport report() const { return {at_, parsed_.skipped}; }

 private:
  void begin(db::Connection& connection);
  std::size_t write_message(db::Connection& connection, ImportedMessage entry);
  void finish(db::Connection& connection);

  ParsedImport parsed_;
  std::string user_;
  Entropy entropy_;
  std::int64_t now_;
  std::size_t at_ = 0;                             // of the conversations
  std::size_t message_at_ = 0;
  bool begun_ = false;
  std::map<std::string, std::string> new_ids_;     // of messages
  std::string last_id_;
};

}  // namespace fragua::conversations
