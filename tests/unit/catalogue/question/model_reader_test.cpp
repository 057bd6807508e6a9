#include "catalogue/question/model_reader.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("model reader: a question is sent with its instructions, held to its schema") {
  ModelQuestion question;
  question.instructions = "Say which.";
  question.question = "Question: x";
  question.schema["type"] = "object";
  const auto request = request_of(question);
  REQUIRE(request.messages.size() == 2);
  CHECK(request.messages[0].role == "system");
  CHECK(request.messages[1].content == "Question: x");
  CHECK(request.grammar_kind == "json_schema");
  CHECK(request.grammar == R"({"type":"object"})");
}
