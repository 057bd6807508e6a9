#include "modelfile/parameters.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::modelfile;

TEST_CASE("parameters: each has its type in JSON") {
  const std::vector<std::pair<Parameter, std::string>> cases{
      {{"num_ctx", "4096"}, "4096"},      {{"seed", "-7"}, "-7"},
      {{"num_predict", "-1"}, "-1"},      {{"top_k", "+40"}, "40"},
      {{"use_mmap", "true"}, "true"},     {{"use_mmap", "F"}, "false"},
      {{"dry_allowed_length", "2"}, "2"}, {{"stop", "</s>"}, R"(["</s>"])"},
      {{"stop", "5"}, R"(["5"])"},
  };
  for (const auto& [parameter, expected] : cases) {
    CAPTURE(parameter.name);
    CHECK(to_json(parameters_to_json({parameter}).at(parameter.name)) == expected);
  }
  const auto typed = parameters_to_json({{"temperature", "0.1"}, {"min_p", "0"}, {"xtc_probability", "1e-1"}});
  CHECK(typed.at("temperature").get_double() == 0.1);
  CHECK(typed.at("min_p").get_double() == 0);
  CHECK(typed.at("xtc_probability").get_double() == 0.1);
}

TEST_CASE("parameters: stop collects, any other repeated name is overwritten") {
  const auto object = parameters_to_json({{"stop", "a"}, {"seed", "1"}, {"stop", "b"}, {"seed", "2"}});
  CHECK(to_json(object) == R"({"stop":["a","b"],"seed":2})");
}

TEST_CASE("parameters: what is wrong is said in a sentence") {
  const std::vector<std::pair<Parameter, std::string>> cases{
      {{"warmth", "1"}, "unknown parameter 'warmth'"},
      {{"Temperature", "1"}, "unknown parameter 'Temperature'"},
      {{"temperature", "warm"}, "parameter temperature must be a number, not 'warm'"},
      {{"temperature", "-0.1"}, "parameter temperature must be between 0 and 100"},
      {{"temperature", "nan"}, "parameter temperature must be a number, not 'nan'"},
      {{"num_ctx", "4096.5"}, "parameter num_ctx must be an integer, not '4096.5'"},
      {{"num_ctx", "99999999999"}, "parameter num_ctx must be between 0 and 2147483647"},
      {{"num_ctx", ""}, "parameter num_ctx must be an integer, not ''"},
      {{"use_mmap", "yes"}, "parameter use_mmap must be true or false, not 'yes'"},
  };
  for (const auto& [parameter, expected] : cases) {
    CHECK(parameter_problem(parameter) == expected);
    CHECK_THROWS_WITH_AS(parameters_to_json({parameter}), expected.c_str(), Error);
  }
}

TEST_CASE("parameters: retired names are accepted and have no effect") {
  CHECK_FALSE(parameter_problem({"mirostat", "1"}));
  CHECK(is_deprecated_parameter("low_vram"));
  CHECK_FALSE(is_known_parameter("low_vram"));
  CHECK(parameters_to_json({{"mirostat", "1"}, {"seed", "1"}}).size() == 1);
}

TEST_CASE("parameters: JSON and back gives the same JSON") {
  const auto object = parse_json(R"({"num_ctx":4096,"temperature":0.1,"stop":["a","b\n"],"use_mmap":false,"seed":42})");
  CHECK(parameters_to_json(parameters_from_json(object.get_object())) == object.get_object());
  const auto lenient = parse_json(R"({"stop":"one","num_ctx":4096.0,"top_p":1,"min_p":null,"mirostat":2})");
  CHECK(parameters_from_json(lenient.get_object()) ==
        std::vector<Parameter>{{"stop", "one"}, {"num_ctx", "4096"}, {"top_p", "1"}});
}

TEST_CASE("parameters: JSON of the wrong type is refused") {
  for (const auto* text :
       {R"({"stop":[1]})", R"({"stop":5})", R"({"num_ctx":[1]})", R"({"num_ctx":{}})", R"({"num_ctx":"x"})",
        R"({"num_ctx":1.5})", R"({"use_mmap":1.5})", R"({"warmth":1})", R"({"top_p":2})"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parameters_from_json(parse_json(text).get_object()), Error);
  }
}
