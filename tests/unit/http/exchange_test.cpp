#include "http/exchange.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/error.h"
#include "unit/http/wire.h"

using namespace fragua;
using namespace fragua::http;

namespace {

constexpr std::size_t kBodyMax = 100'000;

// A small copy of what api/ does: the body whole or in pieces, and an Error becomes its answer.
Task<> tell_size(bool in_pieces, Exchange& exchange) {
  Response response;
  std::size_t bytes = 0, pieces = 0;
  try {
    if (!in_pieces) bytes = (co_await exchange.body(kBodyMax)).size();
    while (in_pieces) {
      const auto piece = co_await exchange.body_piece(kBodyMax);
      if (piece.empty()) break;
      bytes += piece.size();
      ++pieces;
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::too_large) throw;
    response.status = 413;
  }
  response.body = std::to_string(bytes);
  co_await exchange.reply(std::move(response));
}

Handler whole = [](Exchange& exchange) { return tell_size(false, exchange); };
Handler pieces = [](Exchange& exchange) { return tell_size(true, exchange); };

Task<> stream_three(Exchange& exchange) {
  co_await exchange.body(kBodyMax);
  CHECK_FALSE(exchange.begun());
  Headers headers{{"X-Kind", "stream"}};
  co_await exchange.begin(200, "application/x-ndjson", std::move(headers));
  CHECK(exchange.begun());
  co_await exchange.write("one\n");
  co_await exchange.write("");
  co_await exchange.write("two\n");
  co_await exchange.write(std::string(300'000, 'x'));
  co_await exchange.end();
}

Task<> do_nothing(Exchange&) { co_return; }
Task<> throw_at_once(Exchange&) {
  throw Error(ErrorCode::internal, "a secret detail");
  co_return;
}
Task<> throw_in_stream(Exchange& exchange) {
  co_await exchange.begin(200, "text/plain");
  co_await exchange.write("partial");
  throw Error(ErrorCode::internal, "a secret detail");
}
Task<> forget_end(Exchange& exchange) {
  co_await exchange.begin(200, "text/plain");
  co_await exchange.write("partial");
}
Task<> reply_twice(Exchange& exchange) {
  co_await exchange.reply({});
  co_await exchange.reply({});
}
Task<> split_header(Exchange& exchange) {
  Response response;
  response.headers.emplace_back("X-Name", "model\r\nX-Injected: yes\r\n\r\nbody");
  co_await exchange.reply(std::move(response));
}
Task<> no_content(Exchange& exchange) {
  Response response;
  response.status = 204;
  co_await exchange.reply(std::move(response));
}
Task<> ignore_body(Exchange& exchange) {
  Response response;
  response.body = "early";
  co_await exchange.reply(std::move(response));
}

std::string chunked(const std::string& target, std::size_t bytes, std::size_t chunk_size) {
  auto text = request_text("POST", target, "Transfer-Encoding: chunked\r\n");
  char size[20];
  while (bytes > 0) {
    const auto count = std::min(bytes, chunk_size);
    std::snprintf(size, sizeof size, "%zx\r\n", count);
    text += size + std::string(count, 'c') + "\r\n";
    bytes -= count;
  }
  return text + "0\r\n\r\n";
}

}  // namespace

TEST_CASE("exchange: bodies arrive whole or in pieces, with a length or in chunks") {
  for (const auto& handler : {whole, pieces}) {
    TestServer server(handler);
    Wire wire(server.port());
    for (std::size_t size : {0, 1, 5000, 100'000}) {
      CAPTURE(size);
      CHECK(wire.send(request_text("POST", "/", "", std::string(size, 'b'))).answer().body == std::to_string(size));
      CHECK(wire.send(chunked("/", size, 777)).answer().body == std::to_string(size));
    }
  }
}

TEST_CASE("exchange: a body over the handler's limit is an error before it is read, and the answer still arrives") {
  for (const auto& handler : {whole, pieces}) {
    TestServer server(handler);
    Wire small(server.port());
    CHECK(small.send(request_text("POST", "/", "", std::string(kBodyMax + 1, 'b'))).answer().status == 413);
    Wire declared(server.port());
    CHECK(declared.send(request_text("POST", "/", "Content-Length: 99999999999\r\n")).answer().status == 413);
    Wire large(server.port());
    const auto answer = large.send(request_text("POST", "/", "", std::string(20 << 20, 'b'))).answer();
    CHECK(answer.status == 413);
    CHECK(answer.header("Connection") == "close");
    Wire in_chunks(server.port());
    CHECK(in_chunks.send(chunked("/", kBodyMax * 3, 10'000)).answer().status == 413);
  }
}

TEST_CASE("exchange: a malformed chunk is answered 400, and the handler does not answer") {
  TestServer server(whole);
  Wire wire(server.port());
  const auto answer = wire.send(request_text("POST", "/", "Transfer-Encoding: chunked\r\n") + "zz\r\n").answer();
  CHECK(answer.status == 400);
  CHECK(answer.body == R"({"error":"the chunked body is malformed"})");
  CHECK(answer.header("Content-Type") == "application/json; charset=utf-8");
  wire.finish_sending();
  CHECK(wire.at_end());
}

TEST_CASE("exchange: who expects 100-continue gets it when the body is wanted, and only then") {
  TestServer server(whole);
  Wire wanted(server.port());
  const std::string expect = "Expect: 100-continue\r\nContent-Length: 3\r\n";
  CHECK(wanted.send(request_text("POST", "/", expect)).answer().status == 100);
  CHECK(wanted.send("abc").answer().body == "3");
  CHECK(wanted.send(request_text("POST", "/", "", "still here")).answer().body == "10");

  Wire too_large(server.port());
  const auto refused =
      too_large.send(request_text("POST", "/", "Expect: 100-continue\r\nContent-Length: 100001\r\n")).answer();
  CHECK(refused.status == 413);
  CHECK(refused.header("Connection") == "close");

  Wire eager(server.port());
  CHECK(eager.send(request_text("POST", "/", expect) + "abc").answer().status == 100);
  CHECK(eager.answer().body == "3");
}

TEST_CASE("exchange: a short body that nobody read is read over, a long one closes the connection") {
  TestServer server(ignore_body);
  Wire wire(server.port());
  for (int i = 0; i < 3; ++i)
    CHECK(wire.send(request_text("POST", "/", "", std::string(60'000, 'b'))).answer().body == "early");
  const auto last = wire.send(request_text("POST", "/", "", std::string(10 << 20, 'b'))).answer();
  CHECK(last.body == "early");
  CHECK(last.header("Connection") == "close");
  Wire chunks(server.port());
  CHECK(chunks.send(chunked("/", 10, 10)).answer().header("Connection") == "close");
}

TEST_CASE("exchange: a streamed answer comes in chunks, one for each write, and the connection goes on") {
  TestServer server(stream_three);
  Wire wire(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto head = wire.send(request_text("GET", "/")).head();
    CHECK(head.header("Transfer-Encoding") == "chunked");
    CHECK(head.header("Content-Length") == "");
    CHECK(head.header("Content-Type") == "application/x-ndjson");
    CHECK(head.header("X-Kind") == "stream");
    CHECK(wire.chunk() == "one\n");
    CHECK(wire.chunk() == "two\n");
    CHECK(wire.chunk().size() == 300'000);
    CHECK(wire.chunk() == "");
  }
}

TEST_CASE("exchange: a streamed answer to HEAD is its head, to HTTP/1.0 plain bytes until the end") {
  TestServer server(stream_three);
  Wire wire(server.port());
  CHECK(wire.send(request_text("HEAD", "/")).answer(true).header("X-Kind") == "stream");
  CHECK(wire.send(request_text("GET", "/")).answer().body.size() == 300'008);
  Wire old(server.port());
  const auto answer = old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answer();
  CHECK(answer.header("Transfer-Encoding") == "");
  CHECK(answer.header("Connection") == "close");
  CHECK(answer.body.substr(0, 8) == "one\ntwo\n");
  CHECK(answer.body.size() == 300'008);
}

TEST_CASE("exchange: a handler that throws or does not answer is a 500 without details") {
  for (const auto& handler : {Handler(throw_at_once), Handler(do_nothing)}) {
    TestServer server(handler);
    Wire wire(server.port());
    for (int i = 0; i < 2; ++i) {
      const auto answer = wire.send(request_text("GET", "/")).answer();
      CHECK(answer.status == 500);
      CHECK(answer.body == R"({"error":"internal error"})");
    }
  }
}

TEST_CASE("exchange: a torn stream does not look like a whole one") {
  for (const auto& handler : {Handler(throw_in_stream), Handler(forget_end)}) {
    TestServer server(handler);
    Wire wire(server.port());
    const auto answer = wire.send(request_text("GET", "/")).answer();
    CHECK(answer.torn);
  }
}

TEST_CASE("exchange: answering twice is our bug and changes nothing for the client") {
  TestServer server(reply_twice);
  Wire wire(server.port());
  CHECK(wire.send(request_text("GET", "/")).answer().status == 200);
  CHECK(wire.send(request_text("GET", "/")).answer().status == 200);
}

TEST_CASE("exchange: a line break in a header's value cannot make another header") {
  TestServer server(split_header);
  Wire wire(server.port());
  const auto answer = wire.send(request_text("GET", "/")).answer();
  CHECK(answer.header("X-Name") == "modelX-Injected: yesbody");
  CHECK(answer.header("X-Injected") == "");
}

TEST_CASE("exchange: 204 has neither body nor length") {
  TestServer server(no_content);
  Wire wire(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto answer = wire.send(request_text("GET", "/")).answer();
    CHECK(answer.status == 204);
    CHECK(answer.header("Content-Length") == "");
    CHECK(answer.header("Content-Type") == "");
  }
}
