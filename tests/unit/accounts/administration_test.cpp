#include "accounts/administration.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::accounts;
using fragua::accounts::tests::Bench;
using fragua::accounts::tests::code_of;
using fragua::accounts::tests::kPassword;

TEST_CASE("administration: there is always an administrator") {
  Bench bench;
  const auto ana = bench.admin();
  const Actor actor{ana.identity.user_id, "Ana", ""};
  CHECK(code_of([&] { bench.run(bench.administration.remove_user(actor, actor.user_id)); }) == ErrorCode::conflict);
  CHECK(code_of([&] { bench.run(bench.administration.change_user(actor, actor.user_id, {.role = Role::member})); }) == ErrorCode::conflict);
  CHECK(bench.who(ana.token)->role == Role::admin);
}

TEST_CASE("administration: what is done is in the log, newest first, and no password is") {
  Bench bench;
  const auto ana = bench.admin();
  const Actor actor{ana.identity.user_id, "Ana", "192.0.2.1"};
  const auto leo = bench.run(bench.administration.add_user(actor, "Leo", kPassword, Role::member));
  bench.run(bench.administration.add_group(actor, "Ventas"));
  bench.run(bench.administration.change_user(actor, leo.id, {.password = Secret("a new password"), .groups = std::vector<std::string>{"ventas"}}));
  const auto events = bench.run(bench.administration.events({.limit = 10}));
  REQUIRE(events.size() == 5);
  CHECK(events[0].action == "user.change");
  CHECK(events[0].target == "Leo");
  CHECK(events[0].detail == "password groups");
  CHECK(events[0].address == "192.0.2.1");
  CHECK(events[4].action == "setup");
  CHECK(bench.run(bench.administration.groups()).front().members == 1);
}
