#include "base/error.h"

#include <doctest/doctest.h>

#include <set>

using namespace fragua;

TEST_CASE("error: every code has a name of its own") {
  std::set<std::string_view> names;
  for (int code = 0; code <= int(ErrorCode::internal); ++code) names.insert(name_of(ErrorCode(code)));
  CHECK(names.size() == std::size_t(ErrorCode::internal) + 1);
  CHECK(name_of(ErrorCode::storage_full) == "storage_full");
}

TEST_CASE("error: a failure carries its code and its sentence") {
  const Result<int> result = failure(ErrorCode::conflict, "exists already");
  REQUIRE_FALSE(result);
  CHECK(result.error().code() == ErrorCode::conflict);
  CHECK(result.error().what() == std::string("exists already"));
}
