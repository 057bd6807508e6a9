#include "inference/options.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::inference;

namespace {

AppliedOptions applied(std::string_view of_model, std::string_view of_request) {
  return apply_options(parse_json(of_model).get_object(), parse_json(of_request).get_object(), 2048);
}

}  // namespace

TEST_CASE("options: the request's go over the model's, the model's over the defaults") {
  const auto options =
      applied(R"({"temperature":0.1,"top_k":7,"num_ctx":1024})", R"({"temperature":0.9,"num_predict":5})");
  CHECK(options.sampling.temperature == doctest::Approx(0.9));
  CHECK(options.sampling.top_k == 7);
  CHECK(options.num_ctx == 1024);
  CHECK(options.num_predict == 5);
  CHECK(applied("{}", "{}").num_ctx == 2048);
  CHECK(applied("{}", "{}").num_predict == -1);
}

TEST_CASE("options: a stop may be one text or a list, and the request's replace the model's") {
  CHECK(applied(R"({"stop":["a","b"]})", "{}").stop == std::vector<std::string>{"a", "b"});
  CHECK(applied(R"({"stop":["a","b"]})", R"({"stop":"c"})").stop == std::vector<std::string>{"c"});
  CHECK(applied(R"({"stop":["a"]})", R"({"stop":["",""]})").stop.empty());
}

TEST_CASE("options: what nobody knows is listed, what has no effect here is not") {
  const auto options =
      applied(R"({"of_the_model":1})", R"({"num_gpu":3,"use_mmap":true,"stop":"x","top_k":1,"tmeperature":1})");
  CHECK(options.unknown == std::vector<std::string>{"tmeperature"});
}

TEST_CASE("options: how a model is loaded, and how many threads compute, by the model or the request") {
  const auto of_model = applied(R"({"num_gpu":3,"use_mmap":false,"num_thread":2})", "{}");
  CHECK(of_model.load.num_gpu == 3);
  CHECK(of_model.load.use_mmap == false);
  CHECK(of_model.num_thread == 2);
  const auto of_request = applied(R"({"num_gpu":3,"num_thread":2})", R"({"num_gpu":-1,"num_thread":1})");
  CHECK(of_request.load.num_gpu == -1);
  CHECK_FALSE(of_request.load.use_mmap.has_value());
  CHECK(of_request.num_thread == 1);
}

TEST_CASE("options: a wrong type or range names the option") {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"temperature":"hot"})", "temperature"},
      {R"({"temperature":-0.1})", "temperature"},
      {R"({"num_ctx":0})", "num_ctx"},
      {R"({"num_ctx":5000000})", "num_ctx"},
      {R"({"num_ctx":-1})", "num_ctx"},
      {R"({"repeat_penalty":0})", "repeat_penalty"},
      {R"({"num_gpu":-2})", "num_gpu"},
      {R"({"num_thread":-1})", "num_thread"},
      {R"({"num_thread":1025})", "num_thread"},
      {R"({"use_mmap":1})", "use_mmap"},
      {R"({"top_logprobs":21})", "top_logprobs"},
      {R"({"stop":3})", "stop"},
      {R"({"num_predict":1.5})", "num_predict"},
  };
  for (const auto& [text, name] : cases) CHECK_THROWS_WITH_AS(applied("{}", text), doctest::Contains(name), Error);
  json::array stops(65, "x");
  CHECK_THROWS_WITH_AS(apply_options({}, {{"stop", stops}}, 2048), doctest::Contains("64"), Error);
}
