#include "http/multipart.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::http;

namespace {

using Event = MultipartReader::Event;

struct Part {
  FormPart part;
  std::string bytes;
};

// Fed in pieces of `size` bytes.
std::vector<Part> read(const std::string& body, std::size_t size, const std::string& boundary = "xyz") {
  MultipartReader reader(boundary);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < body.size(); i += size)
    for (auto& event : reader.feed(std::string_view(body).substr(i, size))) {
      if (event.kind == Event::Kind::begin) parts.push_back({event.part, ""});
      if (event.kind == Event::Kind::bytes) parts.back().bytes += event.bytes;
    }
  reader.finish();
  return parts;
}

ErrorCode error_of(const std::string& body) {
  try {
    read(body, 7);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

}  // namespace

TEST_CASE("multipart: parts come out whole however the bytes arrive") {
  const std::string form =
      "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ntrue\r\n"
      "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"año \\\"1\\\".pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
      "\r\n--xy\r\n--x yz\r\n--\r\n"
      "\r\n--xyz\r\nContent-Disposition: form-data; name=\"empty\"; filename=\"e\"\r\n\r\n\r\n--xyz--\r\n";
  for (const std::size_t size : {1u, 2u, 3u, 5u, 17u, 10'000u}) {
    const auto parts = read(form, size);
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].part.name == "a");
    CHECK(parts[0].part.file_name.empty());
    CHECK(parts[0].bytes == "true");
    CHECK(parts[1].part.file_name == "año \"1\".pdf");
    CHECK(parts[1].part.content_type == "application/pdf");
    CHECK(parts[1].bytes == "\r\n--xy\r\n--x yz\r\n--\r\n");
    CHECK(parts[2].bytes.empty());
  }
}

TEST_CASE("multipart: names of RFC 5987 are decoded") {
  const auto parts = read("--xyz\r\ncontent-disposition: form-data; name=f; filename*=UTF-8''a%C3%B1o.txt\r\n\r\nx\r\n--xyz--", 9);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].part.file_name == "año.txt");
  CHECK(parts[0].bytes == "x");
}

TEST_CASE("multipart: what is no form is refused, and says so") {
  CHECK(error_of("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut off") == ErrorCode::invalid_argument);
  CHECK(error_of("--xyz\r\nContent-Type: text/plain\r\n\r\nno name\r\n--xyz--") == ErrorCode::invalid_argument);
  CHECK(error_of("--xyzjunk\r\n\r\n--xyz--") == ErrorCode::invalid_argument);
  CHECK(error_of(std::string(20'000, 'a')) == ErrorCode::invalid_argument);
  CHECK(error_of("--xyz\r\n" + std::string(20'000, 'a')) == ErrorCode::too_large);
  std::string many;
  for (int i = 0; i < 1002; ++i) many += "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
  CHECK(error_of(many + "--xyz--") == ErrorCode::too_large);
}

TEST_CASE("multipart: the boundary is read from the header") {
  CHECK(multipart_boundary("multipart/form-data; boundary=abc") == "abc");
  CHECK(multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"") == "a b");
  CHECK(multipart_boundary("application/json") == "");
  CHECK(multipart_boundary("multipart/form-data") == "");
  CHECK(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')) == "");
}
