#include "cli/eval.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

Outcome outcome(const std::string& wanted, const std::string& said, double milliseconds = 1) {
  Outcome made;
  made.wanted = {"¿punk?", parse_json(wanted).as_object(), ""};
  made.said = said;
  boost::system::error_code problem;
  auto value = json::parse(said, problem);
  if (!problem && value.is_object()) made.answer = value.get_object();
  made.milliseconds = milliseconds;
  return made;
}

}  // namespace

TEST_CASE("eval: a labelled set is read line by line, and a line that is none is named") {
  const auto questions = parse_labelled("{\"question\": \"punk\", \"answer\": {\"genre\": \"punk rock\"}, \"half\": \"test\"}\n\n{\"question\": \"x\", \"answer\": {}}\n");
  REQUIRE(questions.size() == 2);
  CHECK(questions[0].half == "test");
  CHECK_THROWS_WITH_AS(parse_labelled("{\"question\": \"x\", \"answer\": {}}\nx"), "line 2 must be {\"question\": \"…\", \"answer\": {…}}", Error);
  CHECK_THROWS_AS(parse_labelled("{\"question\": \"x\"}"), Error);
}

TEST_CASE("eval: an answer is exact if it has all that was wanted and nothing more") {
  CHECK(is_exact(outcome(R"({"genre": "punk rock", "price_max": 30})", R"({"price_max": 30.0, "genre": "punk rock"})")));
  CHECK_FALSE(is_exact(outcome(R"({"genre": null})", R"({"genre": "punk rock"})")));
  CHECK_FALSE(is_exact(outcome(R"({"genre": null})", R"({"genre": null, "city": null})")));
  CHECK_FALSE(is_exact(outcome(R"({"genre": null})", R"({})")));
  CHECK_FALSE(is_exact(outcome(R"({"genre": null})", "I do not know")));
  CHECK(is_right(outcome(R"({"genre": null, "city": "Oslo"})", R"({"genre": "x", "city": "Oslo"})"), "city"));
}

TEST_CASE("eval: a request that failed is a miss with its error, no invalid JSON and no time") {
  auto failed = outcome(R"({"genre": null})", "the engine stopped", 9000);
  failed.failed = true;
  const std::vector<Outcome> outcomes = {outcome(R"({"genre": null})", R"({"genre": null})", 10), failed};
  const auto report = evaluation_json("search-nlp", outcomes);
  CHECK(report.at("failed_requests").to_number<int>() == 1);
  CHECK(report.at("invalid_json").to_number<int>() == 0);
  CHECK(report.at("exact").as_double() == 0.5);
  CHECK(report.at("p95_ms").as_double() == 10);
  CHECK(evaluation_text(outcomes).find("the engine stopped") != std::string::npos);
}

TEST_CASE("eval: the report counts, and lists what was missed") {
  const std::vector<Outcome> outcomes = {outcome(R"({"genre": "punk rock", "city": null})", R"({"genre": "punk rock", "city": null})", 10),
                                         outcome(R"({"genre": null, "city": "Oslo"})", R"({"genre": "punk rock", "city": "Oslo"})", 20),
                                         outcome(R"({"genre": null, "city": null})", "?", 40)};
  const auto report = evaluation_json("search-nlp", outcomes);
  CHECK(report.at("exact").as_double() == doctest::Approx(1.0 / 3));
  CHECK(report.at("fields").as_object().at("genre").as_double() == doctest::Approx(1.0 / 3));
  CHECK(report.at("fields").as_object().at("city").as_double() == doctest::Approx(2.0 / 3));
  CHECK(report.at("invalid_json").to_number<int>() == 1);
  CHECK(report.at("median_ms").as_double() == 20);
  CHECK(report.at("p95_ms").as_double() == 40);
  CHECK(report.at("misses").as_array().size() == 2);
  const auto text = evaluation_text(outcomes);
  CHECK(text.find("33.3 %") != std::string::npos);
  CHECK(text.find("wanted  {\"genre\":null,\"city\":\"Oslo\"}") != std::string::npos);
}
