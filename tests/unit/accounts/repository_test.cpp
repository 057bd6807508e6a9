#include "accounts/repository.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::accounts;
using fragua::accounts::tests::Bench;
using fragua::accounts::tests::code_of;

TEST_CASE("repository: what people type is never SQL") {
  Bench bench;
  const auto ana = bench.admin();
  const std::string hostile = "x'; DROP TABLE users; --";
  bench.database->write([&](db::Connection& connection) {
    Repository repository(connection);
    CHECK_FALSE(repository.find_by_name(hostile).has_value());
    repository.set_name(ana.identity.user_id, hostile);
    CHECK(repository.find_by_name(hostile)->user.id == ana.identity.user_id);
    CHECK(repository.users().size() == 1);
  });
}

TEST_CASE("repository: a user can be only in groups that there are") {
  Bench bench;
  const auto ana = bench.admin();
  const auto join = [&](std::vector<std::string> names) {
    bench.database->write([&](db::Connection& connection) { Repository(connection).set_groups(ana.identity.user_id, names); });
  };
  CHECK(code_of([&] { join({"ventas"}); }) == ErrorCode::invalid_argument);
  bench.database->write([&](db::Connection& connection) { Repository(connection).add_group({"g1", "Ventas", 0}); });
  join({"VENTAS", "ventas"});
  CHECK(bench.run(bench.accounts.find_user(ana.identity.user_id))->groups == std::vector<std::string>{"Ventas"});
}

TEST_CASE("repository: the tokens of a day add up, and earlier days go") {
  Bench bench;
  bench.database->write([&](db::Connection& connection) {
    Repository repository(connection);
    repository.add_tokens("user a", 10, 5);
    repository.add_tokens("user a", 10, 7);
    CHECK(repository.tokens_of_day("user a", 10) == 12);
    repository.add_tokens("user a", 11, 1);
    CHECK(repository.tokens_of_day("user a", 10) == 0);
    CHECK(repository.tokens_of_day("user a", 11) == 1);
  });
}
