#include "http/message.h"

#include <doctest/doctest.h>

using namespace fragua::http;

TEST_CASE("message: a target is taken apart into path and query, decoded once") {
  Request request;
  REQUIRE(request.set_target("/a%2Fb%2520c/+?x=1+2&y=%26&x=2&&=v&flag"));
  CHECK(request.path == "/a/b%20c/+");
  CHECK(request.query.count("x") == 2);
  CHECK(request.query.find("x")->second == "1 2");
  CHECK(request.query.find("y")->second == "&");
  CHECK(request.query.find("")->second == "v");
  CHECK(request.query.find("flag")->second == "");
  CHECK(request.target == "/a%2Fb%2520c/+?x=1+2&y=%26&x=2&&=v&flag");
  REQUIRE(request.set_target("http://host:80?q=1"));
  CHECK(request.path == "/");
  CHECK(request.query.size() == 1);
}

TEST_CASE("message: headers compare without case and the first one counts") {
  const Headers headers{{"Content-Type", "a"}, {"content-type", "b"}};
  CHECK(find_header(headers, "CONTENT-TYPE") == "a");
  CHECK(find_header(headers, "Content") == "");
}

TEST_CASE("message: methods have one name each way") {
  for (auto method :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::delete_, Method::options})
    CHECK(method_of(name_of(method)) == method);
  CHECK(method_of("get") == Method::other);
}

TEST_CASE("message: every status has a reason, known or not") {
  CHECK(reason_of(404) == "Not Found");
  CHECK_FALSE(reason_of(299).empty());
  CHECK_FALSE(reason_of(599).empty());
}
