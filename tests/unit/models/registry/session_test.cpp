#include "models/registry/session.h"

#include "unit/models/registry/fake_registry.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct LoginFixture : RegistryFixture {
  LoginFixture() {
    config.credentials[fake.host()] = {.user = "ana", .password = Secret("geheim")};
    weights = noise(25'000);
    name = fake.add_model("ana/small", weights);
    make_registry();
  }
  std::size_t with_authorization(const FakeRegistry& registry) const {
    return std::size_t(std::count_if(registry.seen.begin(), registry.seen.end(),
                                     [](const auto& one) { return !one.authorization.empty(); }));
  }
  std::string weights;
  std::string name;
};

}  // namespace

TEST_CASE("session: Basic is given to a registry that asks for it") {
  LoginFixture fixture;
  fixture.fake.expected = "Basic YW5hOmdlaGVpbQ==";
  fixture.fake.challenge = "Basic realm=\"registry\"";
  CHECK(fixture.pull(fixture.name).message == "");
  CHECK(fixture.fake.seen.front().authorization.empty());
}

TEST_CASE("session: a token is fetched once and serves the whole pull") {
  LoginFixture fixture;
  fixture.fake.token = "t0ken";
  fixture.fake.expected = "Bearer t0ken";
  fixture.fake.challenge =
      "Bearer realm=\"" + fixture.fake.origin() + "/token\",service=\"fake\",scope=\"repository:ana/small:pull\"";
  CHECK(fixture.pull(fixture.name).message == "");
  CHECK(fixture.fake.count("GET", "/token") == 1);
  for (const auto& one : fixture.fake.seen) {
    if (one.path != "/token") continue;
    CHECK(one.authorization == "Basic YW5hOmdlaGVpbQ==");
    CHECK(one.target == "/token?service=fake&scope=repository%3Aana%2Fsmall%3Apull");
  }
}

TEST_CASE("session: without a log-in the token is asked for anonymously") {
  LoginFixture fixture;
  fixture.config.credentials.clear();
  fixture.make_registry();
  fixture.fake.token = "t0ken";
  fixture.fake.expected = "Bearer t0ken";
  fixture.fake.challenge = "Bearer realm=\"" + fixture.fake.origin() + "/token\"";
  CHECK(fixture.pull(fixture.name).message == "");
  for (const auto& one : fixture.fake.seen)
    if (one.path == "/token") CHECK(one.authorization.empty());
}

TEST_CASE("session: wrong credentials end at once, with the registry's host in the words") {
  LoginFixture fixture;
  fixture.fake.expected = "Basic something else";
  fixture.fake.challenge = "Basic realm=\"registry\"";
  const auto transfer = fixture.pull(fixture.name);
  CHECK(transfer.code == "forbidden");
  CHECK(fixture.fake.seen.size() == 2);
  CHECK(transfer.message.find("geheim") == std::string::npos);
}

TEST_CASE("session: a realm elsewhere gets nothing, not even a request") {
  LoginFixture fixture;
  FakeRegistry other(fixture.loop.get_executor(), fixture.log);
  fixture.config.private_hosts = {other.host(), fixture.fake.host()};
  fixture.make_registry();
  fixture.fake.token = other.token = "t0ken";
  fixture.fake.expected = "Bearer t0ken";
  fixture.fake.challenge = "Bearer realm=\"" + other.origin() + "/token\"";
  SUBCASE("not configured") {
    CHECK(fixture.pull(fixture.name).code == "forbidden");
    CHECK(other.seen.empty());
    CHECK(fixture.with_authorization(fixture.fake) == 0);
  }
  SUBCASE("configured") {
    fixture.config.token_realms = {other.origin()};
    fixture.make_registry();
    CHECK(fixture.pull(fixture.name).message == "");
    CHECK(other.seen.size() == 1);
  }
}

TEST_CASE("session: a redirect of blobs is followed without the credential, and may not lead inside") {
  LoginFixture fixture;
  FakeRegistry other(fixture.loop.get_executor(), fixture.log);
  other.blobs = fixture.fake.blobs;
  fixture.fake.expected = "Basic YW5hOmdlaGVpbQ==";
  fixture.fake.challenge = "Basic realm=\"registry\"";
  fixture.fake.redirect_blobs = other.origin();
  SUBCASE("to a host that is allowed") {
    fixture.config.private_hosts = {other.host(), fixture.fake.host()};
    fixture.make_registry();
    CHECK(fixture.pull(fixture.name).message == "");
    CHECK(fixture.store.blobs().read(Digest::of(fixture.weights), 1 << 20) == fixture.weights);
    CHECK(other.seen.size() == 5);  // three parts, licence, configuration
    CHECK(fixture.with_authorization(other) == 0);
  }
  SUBCASE("to a private host that nobody allowed") {
    const auto transfer = fixture.pull(fixture.name);
    CHECK(transfer.code == "forbidden");
    CHECK(other.seen.empty());
    CHECK(transfer.message.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("session: the token of one pull is not sent on by a redirect to another scheme, port or host") {
  LoginFixture fixture;
  FakeRegistry other(fixture.loop.get_executor(), fixture.log);
  other.blobs = fixture.fake.blobs;
  fixture.config.credentials[fixture.fake.host()] = {.token = Secret("static")};
  fixture.config.private_hosts = {other.host(), fixture.fake.host(), "localhost:" + other.host().substr(10)};
  fixture.make_registry();
  for (const auto& to : {other.origin(), "http://localhost:" + other.host().substr(10)}) {
    fixture.fake.redirect_blobs = to;
    CHECK(fixture.pull(fixture.name).message == "");
    fixture.store.remove(ModelName::require(fixture.name));
  }
  CHECK(other.seen.size() == 10);
  CHECK(fixture.with_authorization(other) == 0);
  CHECK(fixture.with_authorization(fixture.fake) == fixture.fake.seen.size());
}

TEST_CASE("session: failures in words, the registry's own shortened and cleaned") {
  CHECK(std::string(error_of("push", {.status = 404}).what()) == "push: file does not exist");
  const auto denied =
      error_of("push", {.status = 403, .body = R"({"errors":[{"code":"DENIED","message":"no\u0007 way"}]})"});
  CHECK(denied.code() == ErrorCode::forbidden);
  CHECK(std::string(denied.what()).starts_with("push: the registry answers 403: no  way"));
  const auto hub = error_of("pull", {.status = 400, .body = R"({"error":")" + std::string(5000, 'a') + "\"}"});
  CHECK(hub.code() == ErrorCode::unsupported);
  CHECK(std::string(hub.what()).size() < 400);
  CHECK(error_of("pull", {.status = 503, .body = "<html>"}).code() == ErrorCode::unavailable);
}
