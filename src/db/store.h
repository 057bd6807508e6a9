// Store: the database for coroutines: work runs on a pool of its own threads, the caller goes on, on the loop, with what it returned.
// Callers: services. Threads: the loop's. `work` is a plain function object (no coroutine); make it before the co_await expression.
#pragma once
#include <optional>
#include <type_traits>

#include "db/database.h"
#include "runtime/pool.h"

namespace fragua::db {

class Store {
 public:
  Store(Database& database, WorkerPool& pool) : database_(database), pool_(pool) {}

  template <class Work>
  Task<std::invoke_result_t<Work, Connection&>> read(Work work) {
    return run(&Database::read, std::move(work));
  }
  template <class Work>
  Task<std::invoke_result_t<Work, Connection&>> write(Work work) {
    return run(&Database::write, std::move(work));
  }
  Database& database() { return database_; }

 private:
  using Kind = void (Database::*)(const Database::Work&);

  template <class Work>
  struct Job {
    using Result = std::invoke_result_t<Work, Connection&>;
    Database& database;
    Kind kind;
    Work work;

    Result operator()() {
      if constexpr (std::is_void_v<Result>) {
        (database.*kind)([this](Connection& connection) { work(connection); });
      } else {
        std::optional<Result> result;
        (database.*kind)([&](Connection& connection) { result.emplace(work(connection)); });
        return std::move(*result);
      }
    }
  };

  template <class Work>
  Task<std::invoke_result_t<Work, Connection&>> run(Kind kind, Work work) {
    Job<Work> job{database_, kind, std::move(work)};
    return pool_.run(std::move(job));
  }

  Database& database_;
  WorkerPool& pool_;
};

}  // namespace fragua::db
