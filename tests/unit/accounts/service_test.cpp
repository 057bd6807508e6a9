#include "accounts/service.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::accounts;
using fragua::accounts::tests::Bench;
using fragua::accounts::tests::code_of;
using fragua::accounts::tests::kHere;
using fragua::accounts::tests::kPassword;
using fragua::accounts::tests::kThere;

TEST_CASE("accounts: the first administrator is made once, from this machine or with the token") {
  Bench bench;
  CHECK(bench.run(bench.accounts.needs_setup()));
  CHECK(code_of([&] { bench.run(bench.accounts.set_up("Eva", kPassword, Secret("guess"), kThere)); }) == ErrorCode::forbidden);
  CHECK(code_of([&] { bench.run(bench.accounts.set_up("Eva", kPassword, Secret(), kThere)); }) == ErrorCode::forbidden);
  const auto first = bench.run(bench.accounts.set_up("Eva", kPassword, bench.accounts.setup_token(), kThere));
  CHECK(first.identity.role == Role::admin);
  CHECK_FALSE(bench.run(bench.accounts.needs_setup()));
  CHECK(code_of([&] { bench.admin(); }) == ErrorCode::conflict);
  CHECK(code_of([&] { bench.run(bench.accounts.set_up("Leo", kPassword, bench.accounts.setup_token(), kThere)); }) == ErrorCode::conflict);
}

TEST_CASE("accounts: a name is found whatever its case, and a wrong name answers as a wrong password") {
  Bench bench;
  bench.admin();
  CHECK(bench.run(bench.accounts.sign_in(" ANA ", kPassword, kThere)).identity.user_name == "Ana");
  const auto message = [&](const char* name, const char* password) {
    try {
      bench.run(bench.accounts.sign_in(name, Secret(password), kThere));
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::unauthorized);
      return std::string(error.what());
    }
    return std::string("signed in");
  };
  CHECK(message("Ana", "wrong password") == message("Nobody", "wrong password"));
}

TEST_CASE("accounts: a session ends by signing out, by a new password, by its age") {
  Bench bench;
  const auto first = bench.admin();
  const auto second = bench.run(bench.accounts.sign_in("Ana", kPassword, kThere));
  CHECK(bench.who(first.token)->user_id == first.identity.user_id);
  bench.run(bench.accounts.change_password(second.identity, kPassword, Secret("another password"), kThere));
  CHECK_FALSE(bench.who(first.token).has_value());
  CHECK(bench.who(second.token).has_value());
  CHECK(code_of([&] { bench.run(bench.accounts.sign_in("Ana", kPassword, kHere)); }) == ErrorCode::unauthorized);

  bench.run(bench.accounts.end_session(second.identity, second.identity.session_id, kThere));
  CHECK_FALSE(bench.who(second.token).has_value());

  const auto third = bench.run(bench.accounts.sign_in("Ana", Secret("another password"), kHere));
  for (int day = 0; day < 40; ++day) {
    bench.clock.advance(std::chrono::hours(24));
    REQUIRE(bench.who(third.token).has_value());  // used every day, it lives on
  }
  bench.clock.advance(std::chrono::hours(24 * 31));
  CHECK_FALSE(bench.who(third.token).has_value());
}

TEST_CASE("accounts: nobody ends a session or a key of somebody else") {
  Bench bench;
  const auto ana = bench.admin();
  bench.run(bench.administration.add_user({ana.identity.user_id, "Ana", ""}, "Leo", kPassword, Role::member));
  const auto leo = bench.run(bench.accounts.sign_in("Leo", kPassword, kThere));
  const auto key = bench.run(bench.accounts.create_key(ana.identity, {"mine", {Scope::infer}, {}, {}}, kHere));
  CHECK(code_of([&] { bench.run(bench.accounts.end_session(leo.identity, ana.identity.session_id, kThere)); }) == ErrorCode::not_found);
  CHECK(code_of([&] { bench.run(bench.accounts.remove_key(leo.identity, key.key.id, kThere)); }) == ErrorCode::not_found);
  CHECK(bench.run(bench.accounts.keys(leo.identity.user_id)).empty());
  CHECK(bench.who(ana.token).has_value());
}

TEST_CASE("accounts: a key can do what it was given while its owner can, until it expires or is revoked") {
  Bench bench;
  const auto ana = bench.admin();
  const Actor actor{ana.identity.user_id, "Ana", ""};
  const auto user = bench.run(bench.administration.add_user(actor, "Leo", kPassword, Role::admin));
  const auto leo = bench.run(bench.accounts.sign_in("Leo", kPassword, kThere));
  const auto key = bench.run(bench.accounts.create_key(leo.identity, {"ci", {Scope::infer, Scope::models_write}, std::chrono::hours(24), {}}, kThere));
  const auto scopes = [&] {
    const auto identity = bench.run(bench.accounts.identify_key(key.secret));
    return identity ? identity->scopes : Scopes();
  };
  CHECK(scopes() == Scopes{Scope::infer, Scope::models_write});
  CHECK(bench.run(bench.accounts.keys(user.id)).front().last_used_at.has_value());
  bench.run(bench.administration.change_user(actor, user.id, {.role = Role::member}));
  CHECK(scopes() == Scopes{Scope::infer});
  CHECK(code_of([&] { bench.run(bench.accounts.create_key(*bench.who(leo.token), {"x", {Scope::admin}, {}, {}}, kThere)); }) == ErrorCode::forbidden);
  bench.clock.advance(std::chrono::hours(25));
  CHECK(scopes().empty());
}

TEST_CASE("accounts: who signs up waits for approval") {
  Bench bench;
  CHECK(code_of([&] { bench.run(bench.accounts.sign_up("Eva", kPassword, kThere)); }) == ErrorCode::conflict);  // no administrator yet
  bench.admin();
  const auto eva = bench.run(bench.accounts.sign_up("Eva", kPassword, kThere));
  CHECK(eva.identity.scopes.empty());
  CHECK(code_of([&] { bench.run(bench.accounts.sign_up("eva", kPassword, kThere)); }) == ErrorCode::conflict);
}

TEST_CASE("accounts: names that would mislead or break are refused") {
  const std::vector<std::string> wrong{"", "   ", "a\nb", "a\x1b[2J", std::string(65, 'a'), "\xff"};
  for (const auto& name : wrong) CHECK_THROWS_AS(check_name(name), Error);
  CHECK(check_name("  José Núñez ") == "José Núñez");
}
