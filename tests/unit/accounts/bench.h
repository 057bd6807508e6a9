// AccountsBench: accounts on a real database in a temporary folder. Callers: this room's tests.
#pragma once
#include <doctest/doctest.h>

#include "accounts/administration.h"
#include "base/error.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"
#include "support/run_task.h"
#include "support/temporary_folder.h"

namespace fragua::accounts::tests {

inline const Client kHere{"127.0.0.1", "test", true};
inline const Client kThere{"192.0.2.7", "test", false};
inline const Secret kPassword("caballo correcto");

struct Bench {
  fragua::tests::TemporaryFolder folder;
  ManualClock clock;
  Log log{LogFormat::silent};
  WorkerPool pool{"database", 2, 100};
  WorkerPool passwords{"passwords", 2, 100};
  std::unique_ptr<db::Database> database = db::open_sqlite({folder.path() / "test.db"});
  db::Store store{*database, pool};
  Accounts accounts{tools(), SignUp::pending};
  Administration administration{tools()};

  Bench() { db::migrate(*database, db::migrations()); }
  Tools tools() { return {store, passwords, clock, random_bytes, log}; }

  template <class T>
  T run(Task<T> task) { return fragua::tests::run_task(std::move(task)); }
  SignedIn admin() { return run(accounts.set_up("Ana", kPassword, Secret(), kHere)); }
  std::optional<Identity> who(const Secret& token) { return run(accounts.identify_session(token)); }
};

template <class Work>
ErrorCode code_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("no error");
  return ErrorCode::internal;
}

}  // namespace fragua::accounts::tests
