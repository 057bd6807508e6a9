#include "api/call.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::api;

TEST_CASE("call: an error has the status that says whose it is") {
  const std::pair<ErrorCode, int> cases[] = {
      {ErrorCode::invalid_argument, 400}, {ErrorCode::unauthorized, 401}, {ErrorCode::forbidden, 403},
      {ErrorCode::not_found, 404},        {ErrorCode::too_large, 413},    {ErrorCode::unsupported, 400},
      {ErrorCode::overloaded, 503},       {ErrorCode::unavailable, 502},  {ErrorCode::storage_full, 507},
      {ErrorCode::corrupt, 500},          {ErrorCode::internal, 500}};
  for (const auto& [code, status] : cases) CHECK(status_of(code) == status);
}

TEST_CASE("call: every dialect says an error in its own form") {
  const Error error(ErrorCode::not_found, "model 'x' not found");
  const auto body = [&](Dialect dialect) {
    const auto answer = describe_error(dialect, error);
    CHECK(answer.status == 404);
    return answer.body;
  };
  CHECK(body(Dialect::ollama) == parse_json(R"({"error":"model 'x' not found"})"));
  CHECK(body(Dialect::openai) ==
        parse_json(
            R"({"error":{"message":"model 'x' not found","type":"not_found_error","param":null,"code":"not_found"}})"));
  CHECK(body(Dialect::anthropic) ==
        parse_json(R"({"type":"error","error":{"type":"not_found_error","message":"model 'x' not found"}})"));
  CHECK(body(Dialect::native) == parse_json(R"({"error":{"code":"not_found","message":"model 'x' not found"}})"));
}

TEST_CASE("call: OpenAI's dialect says which field was wrong") {
  const auto error = describe_error(Dialect::openai, Error(ErrorCode::invalid_argument, "\"n\" must be small")).body;
  CHECK(error.at("error").at("param") == "n");
}

TEST_CASE("call: the types of errors are those that the dialect's clients know") {
  const auto type = [](Dialect dialect, ErrorCode code) {
    return describe_error(dialect, Error(code, "x")).body.at("error").at("type").as_string();
  };
  CHECK(type(Dialect::openai, ErrorCode::invalid_argument) == "invalid_request_error");
  CHECK(type(Dialect::openai, ErrorCode::unauthorized) == "authentication_error");
  CHECK(type(Dialect::openai, ErrorCode::overloaded) == "api_error");
  CHECK(type(Dialect::anthropic, ErrorCode::overloaded) == "overloaded_error");
  CHECK(type(Dialect::anthropic, ErrorCode::too_large) == "request_too_large");
  CHECK(type(Dialect::anthropic, ErrorCode::internal) == "api_error");
}
