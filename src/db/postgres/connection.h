// PostgresConnection: one connection to somebody's PostgreSQL, for reading: every answer row by row, every wait with a limit and a stop.
// Callers: postgres/reader. Threads: one; blocks (the look-up of a host's name cannot be stopped). `stop` may be asked from any thread.
// Errors never show the password.
#pragma once
#include <libpq-fe.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/postgres/options.h"

namespace fragua::db {

class PostgresConnection {
 public:
  using Cells = std::vector<std::optional<std::string>>;
  using EachRow = std::function<void(Cells)>;

  // Error(invalid_argument): the address. Error(unavailable), Error(deadline_exceeded), Error(cancelled).
  explicit PostgresConnection(PostgresOptions options);
  ~PostgresConnection();
  // Parameters are $1, $2, … After an error (also one that `each` throws) the connection is of no more use.
  void query(const std::string& sql, const std::vector<std::string>& parameters, const EachRow& each);
  // Without a limit, until something is told on a channel that is listened to; everything that was told is taken.
  void wait_for_notification();
  // A name as SQL quotes it.
  std::string quoted(const std::string& name) const;

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  class Wake;

  void check_address();
  void connect();
  void send(const std::string& sql, const std::vector<std::string>& parameters, Deadline deadline);
  void take(const PGresult& result, const EachRow& each) const;
  void wait(short events, std::optional<Deadline> deadline);
  void take_input();
  void cancel();
  std::string said(const char* message) const;

  PostgresOptions options_;
  std::string password_;
  std::unique_ptr<Wake> wake_;
  std::unique_ptr<PGconn, Close> connection_;
};

}  // namespace fragua::db
