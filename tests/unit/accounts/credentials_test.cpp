#include "accounts/credentials.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::accounts;
using fragua::accounts::tests::Bench;

TEST_CASE("credentials: a user's oldest sessions make room for new ones") {
  Bench bench;
  const auto ana = bench.admin();
  bench.database->write([&](db::Connection& connection) {
    CredentialRepository credentials(connection);
    for (int i = 0; i < 60; ++i) {
      bench.clock.advance(std::chrono::seconds(1));
      const auto now = bench.clock.system();
      const auto number = std::to_string(i);
      credentials.add_session({{"s" + number, now, now, "", ""}, ana.identity.user_id, "hash" + number, now + std::chrono::hours(1)});
    }
    const auto left = credentials.sessions(ana.identity.user_id, bench.clock.system());
    CHECK(left.size() == 50);
    CHECK(left.front().id == "s59");
  });
  CHECK_FALSE(bench.who(ana.token).has_value());
}

TEST_CASE("credentials: there is a highest number of keys") {
  Bench bench;
  const auto ana = bench.admin();
  CHECK_THROWS_AS(bench.database->write([&](db::Connection& connection) {
    for (int i = 0; i < 101; ++i) {
      const auto number = std::to_string(i);
      CredentialRepository(connection).add_key({{"k" + number, "name", "sk-", {Scope::infer}, bench.clock.system(), {}, {}, {}}, ana.identity.user_id, "hash" + number});
    }
  }), Error);
}
