// PostgresOptions: where somebody's PostgreSQL is, and how long to wait for it. Callers: whoever opens one. Threads: plain data.
// The address is a Secret: it holds a password.
#pragma once
#include <chrono>
#include <stop_token>

#include "base/secret.h"

namespace fragua::db {

struct PostgresOptions {
  Secret address;                                        // postgresql://user:password@host:port/database, or libpq's key=value
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds statement_timeout{60'000};   // of one statement; of a table's rows: of a thousand of them
  std::stop_token stop;                                  // asked: the statement is cancelled, Error(cancelled)
};

}  // namespace fragua::db
