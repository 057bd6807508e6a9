#include "http/request_parser.h"

#include <doctest/doctest.h>

#include <vector>

using namespace fragua::http;

namespace {

constexpr ParserLimits kLimits{.header_max_bytes = 1024, .header_max_count = 10};

// Gives the parser `step` bytes more at a time, as a connection does, and returns the body.
std::string feed(RequestParser& parser, const std::string& text, std::size_t step) {
  std::string pending, content;
  for (std::size_t at = 0; at < text.size() && !parser.refusal() && !parser.done(); at += step) {
    pending += text.substr(at, step);
    std::size_t taken = 1;
    while (taken > 0 && !pending.empty() && !parser.refusal() && !parser.done()) {
      taken = parser.head_done() ? parser.put_body(pending, content) : parser.put_head(pending);
      pending.erase(0, taken);
    }
  }
  return content;
}

std::string host(const std::string& more) { return "Host: a\r\n" + more; }

}  // namespace

TEST_CASE("request parser: a request is read the same whole and byte by byte") {
  const std::string text =
      "POST /api/a%20b?x=1&y=%C3%B1&z HTTP/1.1\r\nHost: fragua:3000\r\nX-Empty:\r\nX-Two:  spaced out \t\r\n"
      "Transfer-Encoding: Chunked\r\n\r\n4;name=value\r\nwiki\r\n5\r\npedia\r\n0\r\nTrailer: x\r\n\r\n";
  for (std::size_t step : {text.size(), std::size_t(1), std::size_t(7)}) {
    CAPTURE(step);
    RequestParser parser(kLimits);
    CHECK(feed(parser, text, step) == "wikipedia");
    REQUIRE(parser.done());
    const auto& request = parser.request();
    CHECK(request.method == Method::post);
    CHECK(request.path == "/api/a b");
    CHECK(request.query.find("y")->second == "\xC3\xB1");
    CHECK(request.query.find("z")->second == "");
    CHECK(request.header("x-two") == "spaced out");
    CHECK(request.headers.size() == 4);
    CHECK(parser.keep_alive());
    CHECK_FALSE(parser.content_length());
  }
}

TEST_CASE("request parser: stops behind one request") {
  RequestParser parser(kLimits);
  const std::string first = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
  CHECK(parser.put_head(first + "abcGET /next") == first.size());
  CHECK(parser.head_done());
  CHECK(parser.content_length() == 3);
  std::string content;
  CHECK(parser.put_body("abcGET /next", content) == 3);
  CHECK(content == "abc");
  CHECK(parser.done());
}

TEST_CASE("request parser: what asks for keeping or closing the connection") {
  const std::vector<std::pair<std::string, bool>> rows = {
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false},
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n", false},
      {"GET / HTTP/1.0\r\n\r\n", false},
      {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
  };
  for (const auto& [text, keep] : rows) {
    CAPTURE(text);
    RequestParser parser(kLimits);
    feed(parser, text, text.size());
    REQUIRE(parser.done());
    CHECK(parser.keep_alive() == keep);
  }
}

TEST_CASE("request parser: good requests in unusual clothes") {
  for (const std::string& text : std::vector<std::string>{
           "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET http://a/path?x HTTP/1.1\r\nHost: a\r\n\r\n",
           "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET / HTTP/1.1\r\nhOsT:a\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: [::1]:3000\r\n\r\n",
           "GET / HTTP/1.1\r\nHost:\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nX: \xFF\xFE\r\n\r\n",
           "GET /%F0%9F%94%A5 HTTP/1.1\r\nHost: a\r\n\r\n",
       }) {
    CAPTURE(text);
    RequestParser parser(kLimits);
    feed(parser, text, 1);
    CHECK_FALSE(parser.refusal());
    CHECK(parser.done());
  }
}

TEST_CASE("request parser: what is malformed, doubtful or too large is refused with its status") {
  struct Row {
    int status;
    std::string text;
  };
  const std::string get = "GET / HTTP/1.1\r\n";
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  std::string eleven_headers;
  for (int i = 0; i < 11; ++i) eleven_headers += "X: y\r\n";
  const std::vector<Row> rows = {
      // The request line
      {400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"},
      {400, "GET /\r\nHost: a\r\n\r\n"},
      {400, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
      {400, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"},
      {400, "GET / HTTP/0.9\r\nHost: a\r\n\r\n"},
      {400, "GET / http/1.1\r\nHost: a\r\n\r\n"},
      {400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "\x16\x03\x01\x02\x01\x01\xfc\x03\x03"},
      {400, "GET / HTTP/1.1\nHost: a\n\n"},
      {400, std::string("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 31)},
      {400, "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /?a=%xx HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET api HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"},
      {405, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {405, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {405, "get / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {414, "GET /" + std::string(1100, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"},
      // Headers
      {400, get + "\r\n"},
      {400, get + host("Host: a\r\n\r\n")},
      {400, get + host("hOST: b\r\n\r\n")},
      {400, get + "Host: a b\r\n\r\n"},
      {400, get + "Host: a, b\r\n\r\n"},
      {400, get + "Host: user@a\r\n\r\n"},
      {400, get + host("NoColon\r\n\r\n")},
      {400, get + host(": empty\r\n\r\n")},
      {400, get + host("Name : x\r\n\r\n")},
      {400, get + host(" Name: x\r\n\r\n")},
      {400, get + host("X: a\r\n folded\r\n\r\n")},
      {400, get + host("X:\r\n\tfolded\r\n\r\n")},
      {400, get + host("X: a\rb\r\n\r\n")},
      {400, get + host("X: a\nb\r\n\r\n")},
      {400, get + host(std::string("X: a\0b\r\n\r\n", 10))},
      {400, get + host("X: a\x01\r\n\r\n")},
      {400, get + host("X: a\x7f\r\n\r\n")},
      {400, get + host("N\xC3\xA4me: x\r\n\r\n")},
      {400, get + host(std::string("X\0: x\r\n\r\n", 9))},
      {417, get + host("Expect: a-miracle\r\n\r\n")},
      {431, get + host(eleven_headers + "\r\n")},
      {431, get + host("X: " + std::string(1100, 'a') + "\r\n\r\n")},
      {431, get + host("X: " + std::string(500, 'a') + "\r\nX: " + std::string(500, 'a') + "\r\n\r\n")},
      // The body's length
      {400, post + "Content-Length: -1\r\n\r\n"},
      {400, post + "Content-Length: +1\r\n\r\n"},
      {400, post + "Content-Length: 1x\r\n\r\n"},
      {400, post + "Content-Length: 0x10\r\n\r\n"},
      {400, post + "Content-Length: 1 2\r\n\r\n"},
      {400, post + "Content-Length:\r\n\r\n"},
      {400, post + "Content-Length: 18446744073709551616\r\n\r\n"},
      {400, post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"},
      {400, post + "Content-Length: 1, 2\r\n\r\n"},
      {400, post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {501, post + "Transfer-Encoding: gzip\r\n\r\n"},
      {501, post + "Transfer-Encoding: gzip, chunked\r\n\r\n"},
      {501, post + "Transfer-Encoding: chunked, gzip\r\n\r\n"},
      {501, post + "Transfer-Encoding: xchunked\r\n\r\n"},
      {501, post + "Transfer-Encoding: identity\r\n\r\n"},
      {501, post + "Transfer-Encoding:\r\n\r\n"},
      // Chunks
      {400, post + "Transfer-Encoding: chunked\r\n\r\nx\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n\r\nabc\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n3;=\r\nabc\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n3;x=\"" + std::string(20'000, 'y')},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n0\r\nno trailer\r\n\r\n"},
      {400, post + "Transfer-Encoding: chunked\r\n\r\n0\r\nT: " + std::string(20'000, 'y')},
  };
  for (const auto& row : rows) {
    for (std::size_t step : {row.text.size(), std::size_t(1)}) {
      CAPTURE(row.text);
      CAPTURE(step);
      RequestParser parser(kLimits);
      feed(parser, row.text, step);
      REQUIRE(parser.refusal());
      CHECK(parser.refusal()->status == row.status);
      CHECK_FALSE(parser.refusal()->message.empty());
      CHECK_FALSE(parser.keep_alive());
    }
  }
}

TEST_CASE("request parser: a head without end is refused before it is long, whatever it is made of") {
  for (const std::string& piece : std::vector<std::string>{"a", "\r\n", "X: y\r\n", "GET / HTTP/1.1\r\n"}) {
    CAPTURE(piece);
    RequestParser parser(kLimits);
    std::string endless;
    while (endless.size() < 4096) endless += piece;
    feed(parser, endless, 5);
    CHECK(parser.refusal());
  }
}
