#include "http/client.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/strings.h"
#include "unit/http/peers.h"

using namespace fragua;
using namespace fragua::http;

TEST_CASE("client: fetches, and any status is an answer") {
  SeeingServer server;
  const auto response = fetch(get(server.url("/x")));
  CHECK(response.status == 200);
  CHECK(response.body == "hello from /x");
  CHECK(response.header("content-type") == "application/json; charset=utf-8");
  CHECK(response.final_url == server.url("/x"));
  CHECK(fetch(get(server.url("/missing"))).status == 404);
  CHECK(fetch(get(server.url("/missing"))).body == "no such thing");
}

TEST_CASE("client: follows redirects with the methods of the web") {
  SeeingServer server;
  struct Row {
    int status;
    Method method;
    const char* then;
    const char* body;
  };
  for (const auto& row : {Row{301, Method::get, "GET", ""}, Row{302, Method::post, "GET", ""},
                          Row{303, Method::put, "GET", ""}, Row{307, Method::post, "POST", "body"},
                          Row{308, Method::put, "PUT", "body"}, Row{303, Method::head, "HEAD", ""}}) {
    CAPTURE(row.status);
    server.seen = {};
    auto request = get(server.url("/redirect/" + std::to_string(row.status) + "?to=/end%3Fa%3D1"));
    request.method = row.method;
    if (row.method != Method::get && row.method != Method::head) request.body = "body";
    const auto response = fetch(request);
    CHECK(response.status == 200);
    CHECK(response.final_url == server.url("/end?a=1"));
    CHECK(server.seen.methods["/end"] == row.then);
    CHECK(server.seen.bodies["/end"] == row.body);
    if (row.method != Method::head) CHECK(response.body == "hello from /end");
  }
}

TEST_CASE("client: a credential goes to its own origin and to no other") {
  SeeingServer home, other;
  const auto to = [](const std::string& url) { return "/redirect/307?to=" + percent_encoded(url); };
  auto request = get(home.url(to("/end")));
  request.authorization = Secret("Bearer top-secret");
  request.headers = {{"X-Api-Key", "secret too"}, {"X-Plain", "yes"}};
  fetch(request);
  CHECK(find_header(home.seen.headers["/end"], "Authorization") == "Bearer top-secret");

  request.url = home.url(to(other.url("/end")));
  fetch(request);
  CHECK(other.seen.headers.count("/end") == 1);
  for (const char* secret : {"Authorization", "X-Api-Key"})
    CHECK(find_header(other.seen.headers["/end"], secret) == "");
  CHECK(find_header(other.seen.headers["/end"], "X-Plain") == "yes");

  // Not even when the other sends it back home: it chose the path.
  home.seen = {};
  request.url = home.url(to(other.url(to(home.url("/back")))));
  fetch(request);
  CHECK(home.seen.headers.count("/back") == 1);
  CHECK(find_header(home.seen.headers["/back"], "Authorization") == "");

  // Another host name for the same address is another origin.
  home.seen = {};
  request.url = home.url(to("http://localhost:" + std::to_string(home.server.port()) + "/local"));
  fetch(request);
  CHECK(home.seen.headers.count("/local") == 1);
  CHECK(find_header(home.seen.headers["/local"], "Authorization") == "");
}

TEST_CASE("client: redirects end somewhere") {
  SeeingServer server;
  auto request = get(server.url("/redirect/302?to=/redirect/302%3Fto%3D/end"));
  request.max_redirects = 1;
  CHECK(failure_of(request) == ErrorCode::unavailable);
  request.max_redirects = 0;
  const auto response = fetch(request);
  CHECK(response.status == 302);
  CHECK(response.body == "a redirect's body is not the answer");
  request.max_redirects = 2;
  CHECK(fetch(request).body == "hello from /end");
}

TEST_CASE("client: a redirect to a private address is refused as well") {
  SeeingServer outside, inside;
  AddressPolicy policy{.allow_private = false, .allowed_hosts = {}, .allow_plain_http = true};
  policy.allowed_hosts = {"127.0.0.1:" + std::to_string(outside.server.port())};
  CHECK(fetch(get(outside.url("/ok")), policy).status == 200);
  const auto request = get(outside.url("/redirect/302?to=" + percent_encoded(inside.url("/secret"))));
  CHECK(failure_of(request, policy) == ErrorCode::forbidden);
  CHECK(inside.seen.headers.empty());
}

namespace {

// Ways to write addresses inside, for a server on `port`: numbers, names, forms that only some parsers know, and what
// hides the host behind another.
std::vector<std::string> inside_urls(const std::string& port) {
  std::vector<std::string> urls;
  for (const char* host : {"127.0.0.1",
                           "127.0.0.2",
                           "127.255.255.254",
                           "127.1",
                           "127.0.1",
                           "0",
                           "0.0.0.0",
                           "2130706433",
                           "017700000001",
                           "0x7f000001",
                           "0x7f.1",
                           "0177.0.0.1",
                           "127.0.0.1.",
                           "127.000.000.001",
                           "localhost",
                           "LOCALHOST",
                           "localhost.",
                           "a.localhost",
                           "[::1]",
                           "[::]",
                           "[0:0:0:0:0:0:0:1]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[::127.0.0.1]",
                           "[64:ff9b::7f00:1]",
                           "[64:ff9b::127.0.0.1]",
                           "[2002:7f00:1::]",
                           "[fe80::1]",
                           "[fe80::1%25lo]",
                           "[fc00::1]",
                           "[fd00::1]",
                           "[ff02::1]",
                           "[fec0::1]",
                           "[2001::1]",
                           "10.0.0.1",
                           "10.255.255.255",
                           "172.16.0.1",
                           "172.31.255.254",
                           "192.168.0.1",
                           "192.168.255.255",
                           "169.254.169.254",
                           "169.254.0.1",
                           "100.64.0.1",
                           "100.127.255.254",
                           "198.18.0.1",
                           "192.0.0.1",
                           "192.0.2.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.250",
                           "240.0.0.1",
                           "255.255.255.255",
                           "[::ffff:10.0.0.1]",
                           "[::ffff:192.168.0.1]",
                           "[::ffff:169.254.169.254]",
                           "[64:ff9b::a9fe:a9fe]",
                           "3232235521",
                           "0xa9fea9fe",
                           "2852039166",
                           "[::ffff:172.16.0.1]",
                           "%31%32%37.0.0.1",
                           "127%2e0.0.1",
                           "127.0.0.1%00.example",
                           "127.0.0.1%23.example",
                           "inside.test",
                           "inside.test.",
                           "INSIDE.test"})
    urls.push_back("http://" + std::string(host) + ":" + port + "/secret");
  for (const std::string& url : std::vector<std::string>{
           "http://"
           "a@127.0.0.1:" +
               port + "/",
           "http://127.0.0.1:" + port + "@127.0.0.1:" + port + "/", "http://example.com:80@127.0.0.1:" + port + "/",
           "http://127.0.0.1:" + port + "#@example.com/", "http://127.0.0.1:" + port + "?@example.com/",
           "http://127.0.0.1:" + port + "\\@example.com/", "http:/127.0.0.1:" + port + "/",
           "http:///127.0.0.1:" + port + "/", "http:\\\\127.0.0.1:" + port + "/", "https://127.0.0.1:" + port + "/",
           "ftp://127.0.0.1:" + port + "/", "gopher://127.0.0.1:" + port + "/_x", "dict://127.0.0.1:" + port + "/x",
           "file:///etc/passwd", "http://127.0.0.1:" + port + "\t/", "127.0.0.1:" + port})
    urls.push_back(url);
  return urls;
}

// Refused before anything was sent. A name that the system does not know is as good.
bool is_refused(const std::string& url, const AddressPolicy& policy) {
  try {
    fetch(get(url), policy);
  } catch (const Error& error) {
    return error.code() == ErrorCode::forbidden || error.code() == ErrorCode::invalid_argument ||
           std::string_view(error.what()).starts_with("there is no host");
  }
  return false;
}

}  // namespace

TEST_CASE("client: no form of a url, asked for or redirected to, leads inside") {
  const FakeNames names({"127.0.0.1"});
  SeeingServer outside, inside;
  AddressPolicy policy{.allow_private = false, .allowed_hosts = {}, .allow_plain_http = true};
  policy.allowed_hosts = {"127.0.0.1:" + std::to_string(outside.server.port())};
  const auto urls = inside_urls(std::to_string(inside.server.port()));
  CHECK(urls.size() >= 80);
  for (const auto& url : urls) {
    CAPTURE(url);
    CHECK(is_refused(url, policy));
    const auto redirect = outside.url("/redirect/302?to=" + percent_encoded(url));
    // What is no absolute url is read as a path of the redirecting server, as the web has it.
    if (url.find("://") != std::string::npos) CHECK(is_refused(redirect, policy));
  }
  CHECK(inside.seen.headers.empty());
  CHECK(inside.server.on_loop([&] { return inside.server.server().connections(); }) == 0);
}

TEST_CASE("client: a name that is rebound between two requests is judged by where it leads now") {
  SeeingServer server;
  const auto url = "http://rebound.test:" + std::to_string(server.server.port()) + "/secret";
  AddressPolicy policy{.allow_private = false, .allowed_hosts = {}, .allow_plain_http = true};
  const FakeNames names({"::1", "127.0.0.1", "10.0.0.1"});
  for (int round = 0; round < 4; ++round) CHECK(failure_of(get(url), policy) == ErrorCode::forbidden);
  CHECK(FakeNames::lookups() >= 4);
  CHECK(server.seen.headers.empty());
  // The same name is fetched where private addresses are allowed: it was the address that was refused.
  const FakeNames again({"127.0.0.1"});
  CHECK(fetch(get(url)).status == 200);
}

TEST_CASE("client: what is no http address is refused") {
  for (const std::string& url : std::vector<std::string>{
           "", "/local", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "http://",
           "http://user:pass@127.0.0.1/", "http://a b/", "http://[::1", "http://127.0.0.1:99999/"}) {
    CAPTURE(url);
    CHECK(failure_of(get(url)) == ErrorCode::invalid_argument);
  }
  SeeingServer server;
  CHECK(failure_of(get(server.url("/redirect/302?to=file%3A///etc/passwd"))) == ErrorCode::invalid_argument);
}

TEST_CASE("client: its end ends its transfers") {
  StallingServer server;
  asio::io_context loop;
  auto client = std::make_unique<Client>(loop.get_executor(), anywhere());
  auto request = get(server.server.url());
  bool began = false;
  request.on_piece = [&began](std::string_view) { began = true; };
  auto code = ErrorCode::internal;
  asio::co_spawn(loop, client->send(std::move(request)), [&](std::exception_ptr error, ClientResponse) {
    try {
      std::rethrow_exception(error);
    } catch (const Error& ended) {
      code = ended.code();
    }
  });
  while (!began) loop.run_one();
  client.reset();
  loop.run();
  CHECK(code == ErrorCode::cancelled);
  CHECK(server.left.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
}

TEST_CASE("client: one serves many transfers at once and keeps its connections") {
  SeeingServer server;
  asio::io_context loop;
  Client client(loop.get_executor(), anywhere());
  int answered = 0;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20; ++i)
      asio::co_spawn(loop, client.send(get(server.url("/" + std::to_string(i)))),
                     [&answered](std::exception_ptr error, ClientResponse response) {
                       if (!error && response.status == 200) ++answered;
                     });
    loop.restart();
    loop.run();
  }
  CHECK(answered == 60);
  CHECK(server.server.on_loop([&] { return server.server.server().connections(); }) <= 20);
}
