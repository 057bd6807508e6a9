#include "engine/sample/stop_matcher.h"

#include <doctest/doctest.h>

#include <random>

#include "base/strings.h"

using namespace fragua::engine;

namespace {

struct Result {
  std::string text;
  std::string stop;
  bool operator==(const Result&) const = default;
};

Result run(const std::vector<std::string>& stops, const std::vector<std::string>& pieces) {
  StopMatcher matcher(stops);
  Result result;
  for (const auto& piece : pieces) {
    const auto output = matcher.push(piece);
    CHECK(fragua::is_valid_utf8(output.text));
    result.text += output.text;
    if (output.stop) {
      result.stop = *output.stop;
      return result;
    }
  }
  result.text += matcher.finish();
  return result;
}

}  // namespace

TEST_CASE("stop matcher: the text before the first complete stop sequence comes out, and nothing of it") {
  struct Case {
    std::vector<std::string> stops;
    std::vector<std::string> pieces;
    Result expected;
  };
  const Case cases[] = {
      {{}, {"hello"}, {"hello", ""}},
      {{"\n\n"}, {"one\n", "\ntwo"}, {"one", "\n\n"}},
      {{"\n\n"}, {"one\n", "two"}, {"one\ntwo", ""}},
      {{"STOP"}, {"ST", "ST", "OP!"}, {"ST", "STOP"}},
      {{"aab"}, {"a", "a", "a", "b"}, {"a", "aab"}},
      {{"x", "y"}, {"ay", "x"}, {"a", "y"}},
      {{"abcd", "bc"}, {"abcd"}, {"a", "bc"}},
      {{"bc", "abc"}, {"abc"}, {"", "abc"}},
      {{"</s>"}, {"end<", "/s"}, {"end</s", ""}},
      {{""}, {"all"}, {"all", ""}},
      {{"é"}, {"caf\xC3", "\xA9s"}, {"caf", "é"}},
  };
  for (const auto& test : cases) CHECK(run(test.stops, test.pieces) == test.expected);
}

TEST_CASE("stop matcher: a character comes out whole, or as U+FFFD when its end never comes") {
  StopMatcher matcher({});
  CHECK(matcher.push("a\xE2\x82").text == "a");
  CHECK(matcher.push("\xAC").text == "€");
  CHECK(matcher.push("\xF0\x9F").text == "");
  CHECK(matcher.finish() == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("stop matcher: text goes out at once when it cannot begin a stop sequence") {
  StopMatcher matcher({"<end>"});
  CHECK(matcher.push("hello").text == "hello");
  CHECK(matcher.push(" <e").text == " ");
  CHECK(matcher.push("x").text == "<ex");
}

TEST_CASE("stop matcher: the result does not depend on how the text is cut") {
  std::mt19937 random(8);
  const std::vector<std::string> alphabet{"a", "b", "é", "€", "\xF0", "ab"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += alphabet[random() % alphabet.size()];
    std::vector<std::string> stops;
    for (int i = 0; i < 2; ++i) {
      std::string stop;
      for (std::size_t n = 1 + random() % 3; n > 0; --n) stop += alphabet[random() % 4];
      stops.push_back(stop);
    }
    std::vector<std::string> bytes, pieces;
    for (char c : text) bytes.emplace_back(1, c);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = 1 + random() % 5;
      pieces.push_back(text.substr(at, length));
      at += length;
    }
    CHECK(run(stops, bytes) == run(stops, pieces));
  }
}
