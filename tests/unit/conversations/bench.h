// ConversationBench: a database with two people in it and repositories on it; and run(), which drives the loop until a task is done.
// Callers: tests of conversations/. Threads: the test's.
#pragma once
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <optional>

#include "base/strings.h"
#include "conversations/message_repository.h"
#include "conversations/repository.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"
#include "db/store.h"
#include "support/temporary_folder.h"

namespace fragua::conversations::tests {

// Different at each call, and the same in each run.
inline Entropy counting_entropy() {
  return [number = std::make_shared<std::uint32_t>(0)](std::size_t bytes) {
    auto text = std::to_string(++*number);
    text.resize(bytes, '-');
    return text;
  };
}

inline const std::string kAna = "ana", kBlas = "blas";

struct ConversationBench {
  template <class Kind, class Work>
  auto in_transaction(Kind kind, Work work) {
    using Result = std::invoke_result_t<Work, db::Connection&>;
    if constexpr (std::is_void_v<Result>) {
      ((*database).*kind)(work);
    } else {
      std::optional<Result> result;
      ((*database).*kind)([&](db::Connection& connection) { result.emplace(work(connection)); });
      return std::move(*result);
    }
  }

  fragua::tests::TemporaryFolder folder;
  std::unique_ptr<db::Database> database = open();
  Entropy entropy = counting_entropy();

  std::unique_ptr<db::Database> open() { return db::open_sqlite({folder.path() / "test.db"}); }

  template <class Work>
  auto write(Work work) {
    return in_transaction(&db::Database::write, work);
  }
  template <class Work>
  auto read(Work work) {
    return in_transaction(&db::Database::read, work);
  }

  ConversationBench() {
    db::migrate(*database, db::migrations());
    for (const auto& user : {kAna, kBlas})
      write([&](db::Connection& c) {
        c.execute("INSERT INTO users (id, name, name_key, role, password_hash, created_at) VALUES ($1, $1, $1, 'member', '', 0)", {user});
      });
  }
  std::string add_conversation(const std::string& user, std::int64_t time = 1, Conversation c = {}) {
    c.id = new_id(entropy);
    c.created_at = c.updated_at = time;
    write([&](db::Connection& connection) { ConversationRepository(connection).add(user, c); });
    return c.id;
  }
  std::string add_message(const std::string& conversation, const std::string& parent, Message m, const std::string& user = kAna) {
    m.id = new_id(entropy);
    m.parent_id = parent;
    if (m.role.empty()) m.role = "user";
    write([&](db::Connection& connection) { MessageRepository(connection).add(conversation, search_owner(user), m); });
    return m.id;
  }
  Message message(const std::string& conversation, const std::string& id) {
    return read([&](db::Connection& connection) { return MessageRepository(connection).require(conversation, id); });
  }
  std::int64_t count(std::string_view sql) {
    return read([&](db::Connection& connection) { return connection.query(sql).front().integer(0); });
  }
};

// Drives the loop until the task is done; hands out what it returned or threw. What else runs goes on in the next call.
template <class T>
T run(asio::io_context& loop, Task<T> task) {
  std::exception_ptr failed;
  std::optional<T> result;
  bool done = false;
  asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, T value) {
    failed = error;
    result.emplace(std::move(value));
    done = true;
  });
  loop.restart();
  while (!done && loop.run_one_for(std::chrono::seconds(20)) > 0) continue;
  REQUIRE(done);
  if (failed) std::rethrow_exception(failed);
  return std::move(*result);
}
inline void run(asio::io_context& loop, Task<> task) {
  std::exception_ptr failed;
  bool done = false;
  asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error) {
    failed = error;
    done = true;
  });
  loop.restart();
  while (!done && loop.run_one_for(std::chrono::seconds(20)) > 0) continue;
  REQUIRE(done);
  if (failed) std::rethrow_exception(failed);
}

template <class Call>
ErrorCode code_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("nothing was thrown");
  return ErrorCode::internal;
}

}  // namespace fragua::conversations::tests
