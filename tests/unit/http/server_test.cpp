#include "http/server.h"

#include <doctest/doctest.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "unit/http/wire.h"

using namespace fragua;
using namespace fragua::http;

namespace {

Task<> echo(Exchange& exchange) {
  auto& request = exchange.request();
  Response response;
  response.headers.emplace_back("X-Path", request.path);
  response.body = std::string(name_of(request.method)) + " " + request.path + " " + co_await exchange.body(1 << 20);
  co_await exchange.reply(std::move(response));
}

// Holds its answer until the test lets it go, or the client leaves.
struct Gate {
  std::promise<void> entered;
  std::promise<std::string> left;  // "answered" or what ended the handler
  std::shared_ptr<asio::steady_timer> door;
};

Task<> wait_at(Gate& gate, Exchange& exchange) {
  gate.door = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor, SteadyTime::max());
  std::string why = "answered";
  bool disconnected = false;
  std::function<void()> on_disconnect = [&gate, &disconnected] {
    disconnected = true;
    gate.door->cancel();
  };
  exchange.on_disconnect(std::move(on_disconnect));
  gate.entered.set_value();
  boost::system::error_code ignored;
  co_await gate.door->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  if (disconnected) {
    gate.left.set_value(exchange.disconnected() ? "disconnected" : "called back, but not disconnected");
    co_return;
  }
  gate.left.set_value("answered");
  Response response;
  response.body = "late";
  co_await exchange.reply(std::move(response));
}

void open(TestServer& server, Gate& gate) {
  server.on_loop([&gate] { return gate.door->cancel(); });
}

}  // namespace

TEST_CASE("server: answers, and keeps the connection for the next request") {
  TestServer server(echo);
  Wire wire(server.port());
  for (int i = 0; i < 3; ++i) {
    const auto answer = wire.send(request_text("POST", "/a%20b?x=1", "", "hello")).answer();
    CHECK(answer.status == 200);
    CHECK(answer.body == "POST /a b hello");
    CHECK(answer.header("Connection") == "");
    CHECK(answer.header("Date").ends_with(" GMT"));
  }
  CHECK(server.on_loop([&] { return server.server().connections(); }) == 1);
}

TEST_CASE("server: pipelined requests are answered in order") {
  TestServer server(echo);
  Wire wire(server.port());
  std::string all;
  for (int i = 0; i < 50; ++i)
    all += request_text("POST", "/" + std::to_string(i), "", std::string(std::size_t(i), 'x'));
  wire.send(all);
  for (int i = 0; i < 50; ++i)
    CHECK(wire.answer().body == "POST /" + std::to_string(i) + " " + std::string(std::size_t(i), 'x'));
}

TEST_CASE("server: HTTP/1.0 and Connection: close end the connection after the answer") {
  TestServer server(echo);
  for (const char* text : {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"}) {
    Wire wire(server.port());
    const auto answer = wire.send(text).answer();
    CHECK(answer.body == "GET / ");
    CHECK(answer.header("Connection") == "close");
    CHECK(wire.at_end());
  }
  Wire kept(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto answer = kept.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answer();
    CHECK(answer.header("Connection") == "keep-alive");
  }
}

TEST_CASE("server: HEAD has the headers of GET and no body") {
  TestServer server(echo);
  Wire wire(server.port());
  const auto answer = wire.send(request_text("HEAD", "/x")).answer(true);
  CHECK(answer.header("Content-Length") == "8");
  CHECK(wire.send(request_text("GET", "/x")).answer().body == "GET /x ");
}

TEST_CASE("server: a client that leaves while the handler works is noticed at once") {
  const std::vector<std::pair<const char*, std::function<void(Wire&)>>> ways = {
      {"close", [](Wire& wire) { wire.close(); }},
      {"reset", [](Wire& wire) { wire.reset(); }},
      {"end of sending", [](Wire& wire) { wire.finish_sending(); }},
      {"pipelined bytes, then close", [](Wire& wire) { wire.send("GET /next HTTP/1.1\r\n").close(); }},
  };
  for (const auto& [name, leave] : ways) {
    CAPTURE(name);
    Gate gate;
    Handler handler = [&gate](Exchange& exchange) { return wait_at(gate, exchange); };
    TestServer server(handler);
    Wire wire(server.port());
    wire.send(request_text("POST", "/", "", "body"));
    gate.entered.get_future().wait();
    leave(wire);
    auto left = gate.left.get_future();
    REQUIRE(left.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
    CHECK(left.get() == "disconnected");
  }
}

TEST_CASE("server: draining lets the running request end and takes no other") {
  Gate gate;
  Handler handler = [&gate](Exchange& exchange) { return wait_at(gate, exchange); };
  TestServer server(handler);
  Wire idle(server.port()), busy(server.port());
  busy.send(request_text("GET", "/"));
  gate.entered.get_future().wait();
  auto drained = server.drain(std::chrono::hours(1));
  CHECK(idle.at_end());
  CHECK(drained.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
  open(server, gate);
  const auto answer = busy.answer();
  CHECK(answer.body == "late");
  CHECK(answer.header("Connection") == "close");
  CHECK(busy.at_end());
  drained.get();
  CHECK(server.on_loop([&] { return server.server().connections(); }) == 0);
}

TEST_CASE("server: who connects while it drains is still answered, and the drain does not wait for him") {
  Gate gate;
  Handler handler = [&gate](Exchange& exchange) {
    return exchange.request().path == "/late" ? echo(exchange) : wait_at(gate, exchange);
  };
  TestServer server(handler);
  Wire busy(server.port());
  busy.send(request_text("GET", "/"));
  gate.entered.get_future().wait();
  auto drained = server.drain(std::chrono::hours(1));
  Wire late(server.port());
  late.send(request_text("GET", "/late"));
  const auto answer = late.answer();
  CHECK(answer.status == 200);
  CHECK(answer.header("Connection") == "close");
  CHECK(late.at_end());
  Wire silent(server.port());  // never asks anything
  open(server, gate);
  CHECK(busy.answer().body == "late");
  drained.get();
  CHECK(silent.at_end());
  CHECK(server.on_loop([&] { return server.server().connections(); }) == 0);
}

TEST_CASE("server: a drain that takes too long cuts what still runs, and its handlers see the client gone") {
  Gate gate;
  Handler handler = [&gate](Exchange& exchange) { return wait_at(gate, exchange); };
  TestServer server(handler);
  Wire busy(server.port());
  busy.send(request_text("GET", "/"));
  gate.entered.get_future().wait();
  server.drain(std::chrono::milliseconds(1)).get();
  CHECK(gate.left.get_future().get() == "disconnected");
  CHECK(busy.at_end());
}

TEST_CASE("server: a taken port is named in the error") {
  TestServer server(echo);
  const auto taken = "127.0.0.1:" + std::to_string(server.port());
  const auto second = [&] { return server.server().listen(taken); };
  CHECK_THROWS_WITH_AS(server.on_loop(second),
                       ("port " + std::to_string(server.port()) + " is taken: another program listens on " + taken +
                        " (another Fragua or Ollama?)")
                           .c_str(),
                       Error);
}

TEST_CASE("server: listens on more than one address") {
  TestServer server(echo);
  const auto other = server.on_loop([&] { return server.server().listen("localhost:0"); });
  Wire wire(other);
  CHECK(wire.send(request_text("GET", "/")).answer().status == 200);
}

TEST_CASE("server: a listen address is HOST:PORT") {
  struct Row {
    std::string text, host;
    int port;
    bool loopback;
  };
  for (const auto& row : {Row{"127.0.0.1:3000", "127.0.0.1", 3000, true}, Row{"[::1]:0", "::1", 0, true},
                          Row{"localhost:80", "localhost", 80, true}, Row{":8080", "127.0.0.1", 8080, true},
                          Row{"0.0.0.0:3000", "0.0.0.0", 3000, false}, Row{"[::]:3000", "::", 3000, false},
                          Row{"192.168.1.2:1", "192.168.1.2", 1, false}, Row{"127.8.8.8:1", "127.8.8.8", 1, true}}) {
    CAPTURE(row.text);
    const auto address = parse_listen_address(row.text);
    CHECK(address.host == row.host);
    CHECK(address.port == row.port);
    CHECK(address.loopback == row.loopback);
    CHECK_FALSE(address.tls);
    CHECK(parse_listen_address("https://" + row.text).tls);
    CHECK(parse_listen_address("https://" + row.text).host == row.host);
  }
  for (const std::string& wrong :
       std::vector<std::string>{"", "3000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
                                "::1:3000", "host.example:80", "127.0.0.1:80 "}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(parse_listen_address(wrong), Error);
  }
}
