// PostgresListener: hears what somebody's PostgreSQL is told with NOTIFY. Callers: catalogue/live_listener. Threads: one; blocks; `stop` of the
// options may be asked from any thread.
#pragma once
#include "db/postgres/connection.h"

namespace fragua::db {

class PostgresListener {
 public:
  // Hears from here on. Error(invalid_argument): the address. Error(unavailable), Error(deadline_exceeded), Error(cancelled).
  PostgresListener(PostgresOptions options, const std::string& channel);
  // Until something was told, once or more often. Error(cancelled), Error(unavailable): the connection is lost, and with it what was told since.
  void wait() { connection_.wait_for_notification(); }

 private:
  PostgresConnection connection_;
};

}  // namespace fragua::db
