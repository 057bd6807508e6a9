#include "http/transfer.h"

#include <doctest/doctest.h>

#include <vector>

#include "unit/http/peers.h"

using namespace fragua;
using namespace fragua::http;

TEST_CASE("transfer: each method is sent as such, with its body") {
  SeeingServer server;
  for (auto method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_, Method::head}) {
    auto request = get(server.url("/m"));
    request.method = method;
    const bool bare = method == Method::get || method == Method::head;
    if (!bare) request.body = std::string(100'000, 'b');
    CHECK(fetch(request).status == 200);
    CHECK(server.seen.methods["/m"] == name_of(method));
    CHECK(server.seen.bodies["/m"] == request.body);
    for (const char* unwanted : {"Expect", "Accept-Encoding", "Content-Type", "Authorization"})
      CHECK(find_header(server.seen.headers["/m"], unwanted) == "");
  }
}

TEST_CASE("transfer: an empty POST says that it is empty") {
  SeeingServer server;
  auto request = get(server.url("/m"));
  request.method = Method::post;
  request.headers = {{"Content-Length", "0"}};
  CHECK(fetch(request).status == 200);
  CHECK(find_header(server.seen.headers["/m"], "Content-Length") == "0");
}

TEST_CASE("transfer: streams an upload of known and of unknown length") {
  SeeingServer server;
  for (bool known : {true, false}) {
    std::size_t left = 1'000'000;
    auto request = get(server.url("/up"));
    request.method = Method::put;
    request.upload = [&left](char* to, std::size_t room) {
      const auto count = std::min(left, room);
      std::fill_n(to, count, 'u');
      left -= count;
      return count;
    };
    if (known) request.upload_bytes = left;
    CHECK(fetch(request).status == 200);
    CHECK(server.seen.bodies["/up"] == std::string(1'000'000, 'u'));
    CHECK(find_header(server.seen.headers["/up"], "Content-Length") == (known ? "1000000" : ""));
  }
}

TEST_CASE("transfer: an upload that ends before its length is an error") {
  SeeingServer server;
  auto request = get(server.url("/up"));
  request.method = Method::put;
  request.upload = [](char*, std::size_t) { return std::size_t(0); };
  request.upload_bytes = 10;
  CHECK(failure_of(request) == ErrorCode::unavailable);
}

TEST_CASE("transfer: a private address is refused however it is written, and no packet reaches it") {
  SeeingServer server;
  const auto port = std::to_string(server.server.port());
  const AddressPolicy strict{.allow_private = false, .allowed_hosts = {}, .allow_plain_http = true};
  for (const std::string& host :
       std::vector<std::string>{"127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "017700000001", "0",
                                "127.0.0.2", "[::ffff:127.0.0.1]", "[::1]", "[::ffff:7f00:1]", "LOCALHOST"}) {
    CAPTURE(host);
    CHECK(failure_of(get("http://" + host + ":" + port + "/x"), strict) == ErrorCode::forbidden);
  }
  CHECK(server.seen.headers.empty());
}

TEST_CASE("transfer: plain http needs the policy's word, or a loopback host that it allows") {
  SeeingServer server;
  AddressPolicy policy{.allow_private = true, .allowed_hosts = {}, .allow_plain_http = false};
  CHECK(failure_of(get(server.url("/x")), policy) == ErrorCode::forbidden);
  CHECK(server.seen.headers.empty());
  policy.allowed_hosts = {"127.0.0.1:" + std::to_string(server.server.port())};
  CHECK(fetch(get(server.url("/x")), policy).status == 200);
}

TEST_CASE("transfer: a header with a line break is refused") {
  SeeingServer server;
  auto request = get(server.url("/x"));
  request.headers = {{"X-Name", "a\r\nX-Other: b"}};
  CHECK(failure_of(request) == ErrorCode::invalid_argument);
}

TEST_CASE("transfer: an answer over its limit is cut, collected or in pieces") {
  SeeingServer server;
  auto request = get(server.url("/large"));
  request.max_answer_bytes = (3 << 20) - 1;
  CHECK(failure_of(request) == ErrorCode::too_large);
  std::size_t got = 0;
  request.on_piece = [&got](std::string_view piece) { got += piece.size(); };
  CHECK(failure_of(request) == ErrorCode::too_large);
  CHECK(got < 3 << 20);
  got = 0;
  request.max_answer_bytes = 3 << 20;
  CHECK(fetch(request).body.empty());
  CHECK(got == 3 << 20);
}

TEST_CASE("transfer: a compressed answer stays as it is unless asked for, and its bomb is cut at the cap") {
  SeeingServer server;
  auto request = get(server.url("/bomb"));
  CHECK(fetch(request).body == zeros_in_gzip());
  request.accept_compressed = true;
  request.max_answer_bytes = 1000;
  CHECK(failure_of(request) == ErrorCode::too_large);
  request.max_answer_bytes = 1 << 20;
  CHECK(fetch(request).body == std::string(16384, '\0'));
}

TEST_CASE("transfer: resumes by range, and hears the headers first") {
  SeeingServer server;
  auto request = get(server.url("/range"));
  request.headers = {{"Range", "bytes=4-"}};
  std::string heard;
  request.on_headers = [&heard](const ClientResponse& response) {
    heard += std::to_string(response.status) + " " + std::string(response.header("Content-Range")) + "; ";
    return true;
  };
  request.on_piece = [&heard](std::string_view piece) { heard += piece; };
  CHECK(fetch(request).status == 206);
  CHECK(heard == "206 bytes 4-9/10; 456789");
}

TEST_CASE("transfer: who hears the headers can end the transfer there, or by throwing") {
  SeeingServer server;
  auto request = get(server.url("/large"));
  request.on_headers = [](const ClientResponse&) { return false; };
  const auto response = fetch(request);
  CHECK(response.status == 200);
  CHECK(response.body.empty());
  request.on_headers = [](const ClientResponse&) -> bool { throw Error(ErrorCode::corrupt, "no"); };
  CHECK(failure_of(request) == ErrorCode::corrupt);
  request.on_headers = nullptr;
  request.on_piece = [](std::string_view) { throw Error(ErrorCode::storage_full, "no"); };
  CHECK(failure_of(request) == ErrorCode::storage_full);
}

TEST_CASE("transfer: a server that stalls is left, and notices it") {
  for (bool by_total : {false, true}) {
    StallingServer server;
    auto request = get(server.server.url());
    (by_total ? request.total_timeout : request.stall_timeout) = std::chrono::milliseconds(50);
    CHECK(failure_of(request) == ErrorCode::deadline_exceeded);
    CHECK(server.left.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
  }
}

TEST_CASE("transfer: a cancelled transfer ends, and its server notices") {
  StallingServer server;
  auto request = get(server.server.url());
  request.cancelled = std::make_shared<bool>(false);
  request.on_piece = [cancelled = request.cancelled](std::string_view) { *cancelled = true; };
  CHECK(failure_of(request) == ErrorCode::cancelled);
  CHECK(server.left.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
}

TEST_CASE("transfer: nobody at the other end is told by name") {
  std::uint16_t free_port = 0;
  { free_port = SeeingServer().server.port(); }
  try {
    fetch(get("http://127.0.0.1:" + std::to_string(free_port) + "/"));
    FAIL("answered");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unavailable);
    CHECK(std::string(error.what()).find("127.0.0.1:" + std::to_string(free_port)) != std::string::npos);
  }
}
