#include "http/connection.h"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

#include "base/error.h"
#include "unit/http/wire.h"

using namespace fragua;
using namespace fragua::http;

namespace {

Task<> read_body(Exchange& exchange) {
  co_await exchange.body(100'000);
  Response response;
  co_await exchange.reply(std::move(response));
}

Task<> do_nothing(Exchange&) { co_return; }

// Writes until the client is gone; tells how much it wrote and how it ended.
struct Flood {
  std::promise<ErrorCode> ended;
  std::promise<void> disconnected;
  std::size_t written = 0;
};

Task<> flood(Flood& state, Exchange& exchange) {
  std::function<void()> on_disconnect = [&state] { state.disconnected.set_value(); };
  exchange.on_disconnect(std::move(on_disconnect));
  co_await exchange.begin(200, "text/plain");
  auto code = ErrorCode::internal;
  try {
    while (true) {
      co_await exchange.write(std::string(16 * 1024, 'y'));
      state.written += 16 * 1024;
    }
  } catch (const Error& error) {
    code = error.code();
  }
  state.ended.set_value(code);
}

ServerLimits quick() {
  ServerLimits limits;
  limits.header_timeout = limits.idle_timeout = limits.body_timeout = std::chrono::milliseconds(40);
  return limits;
}

}  // namespace

TEST_CASE("connection: writing to a client that left throws cancelled, and its callback is called once") {
  for (bool reset : {false, true}) {
    Flood state;
    Handler handler = [&state](Exchange& exchange) { return flood(state, exchange); };
    TestServer server(handler);
    Wire wire(server.port());
    CHECK(wire.send(request_text("GET", "/")).head().status == 200);
    CHECK_FALSE(wire.chunk().empty());
    reset ? wire.reset() : wire.finish_sending();
    CHECK(state.ended.get_future().get() == ErrorCode::cancelled);
    CHECK(state.disconnected.get_future().wait_for(std::chrono::seconds(0)) == std::future_status::ready);
  }
}

TEST_CASE("connection: a reader that stalls is cut, and little waits for it meanwhile") {
  Flood state;
  Handler handler = [&state](Exchange& exchange) { return flood(state, exchange); };
  ServerLimits limits;
  limits.write_timeout = std::chrono::milliseconds(100);
  TestServer server(handler, limits);
  Wire wire(server.port(), 4096);
  wire.send(request_text("GET", "/"));
  CHECK(state.ended.get_future().get() == ErrorCode::cancelled);
  CHECK(state.disconnected.get_future().wait_for(std::chrono::seconds(0)) == std::future_status::ready);
  CHECK(state.written < 1 << 20);
}

TEST_CASE("connection: fifty streams that nobody reads hold little each, are all cut, and others are served") {
  std::vector<Flood> states(50);
  std::atomic<std::size_t> begun = 0;
  Handler handler = [&](Exchange& exchange) {
    return exchange.request().path == "/" ? flood(states[begun++], exchange) : read_body(exchange);
  };
  ServerLimits limits;
  limits.write_timeout = std::chrono::milliseconds(300);
  TestServer server(handler, limits);
  std::vector<std::unique_ptr<Wire>> readers;
  for (std::size_t i = 0; i < states.size(); ++i) {
    readers.push_back(std::make_unique<Wire>(server.port(), 4096));
    readers.back()->send(request_text("GET", "/"));
  }
  CHECK(Wire(server.port()).send(request_text("GET", "/honest")).answer().status == 200);
  for (auto& state : states) {
    CHECK(state.ended.get_future().get() == ErrorCode::cancelled);
    CHECK(state.written <= 512 * 1024);  // the kernel's send buffer, which doubles what it is asked for, and one write
  }
}

TEST_CASE("connection: slow heads and bodies are answered 408, silence by the end") {
  TestServer server(read_body, quick());
  Wire slow_head(server.port());
  CHECK(slow_head.send("GET / HTTP/1.1\r\nHost:").answer().status == 408);
  Wire slow_body(server.port());
  const auto late = slow_body.send(request_text("POST", "/", "Content-Length: 10\r\n") + "abc").answer();
  CHECK(late.status == 408);
  CHECK(late.header("Connection") == "close");
  Wire silent(server.port());
  CHECK(silent.at_end());
  Wire idle(server.port());
  CHECK(idle.send(request_text("GET", "/")).answer().status == 200);
  CHECK(idle.at_end());
}

TEST_CASE("connection: malformed requests are answered without the handler, and the connection ends") {
  std::atomic<int> called = 0;
  Handler handler = [&called](Exchange& exchange) {
    ++called;
    return do_nothing(exchange);
  };
  TestServer server(handler);
  const std::vector<std::pair<std::string, int>> rows = {
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET /" + std::string(40'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n", 431},
      {"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 405},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
  };
  for (const auto& [text, status] : rows) {
    Wire wire(server.port());
    const auto answer = wire.send(text).answer();
    CHECK(answer.status == status);
    CHECK(answer.body.starts_with(R"({"error":")"));
    CHECK(answer.header("Connection") == "close");
    CHECK((status != 405 || !answer.header("Allow").empty()));
    wire.finish_sending();
    CHECK(wire.at_end());
  }
  CHECK(called == 0);
}

TEST_CASE("connection: over connections_max a client is told to come back") {
  ServerLimits limits;
  limits.connections_max = 1;
  TestServer server(read_body, limits);
  Wire first(server.port());
  CHECK(first.send(request_text("GET", "/")).answer().status == 200);
  Wire second(server.port());
  const auto answer = second.answer();
  CHECK(answer.status == 503);
  CHECK(answer.header("Retry-After") == "1");
  CHECK_FALSE(answer.torn);
  CHECK(first.send(request_text("GET", "/")).answer().status == 200);
}
