#include "cli/answer.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("timings: as Ollama's --verbose prints them") {
  const auto last = parse_json(R"({"total_duration":1234567891,"load_duration":130079000,"prompt_eval_count":26,
    "prompt_eval_duration":130000000,"eval_count":298,"eval_duration":4967000000})");
  CHECK(timings_text(last.as_object()) ==
        "total duration:       1.234567891s\n"
        "load duration:        130.079ms\n"
        "prompt eval count:    26 token(s)\n"
        "prompt eval duration: 130ms\n"
        "prompt eval rate:     200.00 tokens/s\n"
        "eval count:           298 token(s)\n"
        "eval duration:        4.967s\n"
        "eval rate:            60.00 tokens/s\n");
}

TEST_CASE("timings: nothing is divided by zero") {
  CHECK(timings_text(parse_json(R"({"eval_count":1,"eval_duration":0})").as_object()).find("rate") ==
        std::string::npos);
}

TEST_CASE("answer: collects text and thinking of both endpoints") {
  const Console console{Environment()};
  Answer answer(console, {false, false, true});
  answer.take(parse_json(R"({"message":{"role":"assistant","content":"","thinking":"hm"},"done":false})").as_object());
  answer.take(parse_json(R"({"message":{"role":"assistant","content":"one "},"done":false})").as_object());
  answer.take(parse_json(R"({"response":"two","done":false})").as_object());
  CHECK(answer.last().empty());
  answer.take(parse_json(R"({"response":"","done":true,"eval_count":3})").as_object());
  CHECK(answer.text() == "one two");
  CHECK(answer.thinking() == "hm");
  CHECK(answer.last().at("eval_count") == 3);
}
