#include "engine/answer.h"

#include <doctest/doctest.h>

#include "engine/fake/model.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

// "<thought|content" as a template library would tell it apart; each "!name{…" is a tool call.
class MarkedFormat : public ChatFormat {
 public:
  RenderedChat render(const ChatInput&) const override { return {}; }
  ParsedChat parse(const RenderedChat&, std::string_view text, bool) const override {
    ParsedChat parsed;
    for (auto call = text.rfind('!'); call != std::string_view::npos; call = text.rfind('!')) {
      const auto brace = text.find('{', call);
      const bool named = brace != std::string_view::npos;
      parsed.tool_calls.insert(parsed.tool_calls.begin(), {0, "", named ? std::string(text.substr(call + 1, brace - call - 1)) : "",
                                                           named ? std::string(text.substr(brace)) : ""});
      text = text.substr(0, call);
    }
    const auto bar = text.find('|');
    parsed.thinking = text.substr(0, bar);
    if (bar != std::string_view::npos) parsed.content = text.substr(bar + 1);
    return parsed;
  }
};

struct Bench {
  explicit Bench(std::vector<std::string> stops = {}, bool plain = true, bool logprobs = false, std::size_t calls_max = 9) {
    AnswerOptions options;
    options.calls_max = calls_max;
    options.chat.plain = plain;
    options.stops = std::move(stops);
    options.logprobs = logprobs;
    options.new_call_id = [] { return std::string("call_1"); };
    options.sink = [this](Delta delta) { deltas.push_back(std::move(delta)); };
    answer = std::make_unique<Answer>(vocabulary, format, std::move(options));
  }
  // One token a letter, flushed as a step would; true when it stopped.
  bool say(std::string_view text) {
    for (const unsigned char byte : text) {
      if (answer->add(byte, nullptr)) return true;
      answer->flush();
    }
    return false;
  }
  Done finish(const std::string& reason = "stop") {
    Done done;
    done.reason = reason;
    answer->finish(done);
    return done;
  }
  std::string content() const {
    std::string text;
    for (const auto& delta : deltas) text += delta.content;
    return text;
  }

  FakeVocabulary vocabulary;
  MarkedFormat format;
  std::vector<Delta> deltas;
  std::unique_ptr<Answer> answer;
};

}  // namespace

TEST_CASE("answer: tokens become text, one delta a flush") {
  Bench bench;
  bench.say("ab");
  bench.answer->flush();
  CHECK(bench.deltas.size() == 2);
  CHECK(bench.finish().reason == "stop");
  CHECK(bench.content() == "ab");
}

TEST_CASE("answer: control tokens are not shown") {
  Bench bench;
  bench.answer->add('a', nullptr);
  bench.answer->add(kFakeEnd, nullptr);
  bench.finish();
  CHECK(bench.content() == "a");
}

TEST_CASE("answer: half a character waits for its other half") {
  Bench bench;
  bench.say("\xe2\x82");
  CHECK(bench.content().empty());
  bench.say("\xac");
  CHECK(bench.content() == "€");
}

TEST_CASE("answer: a stop sequence ends the answer and no part of it is shown") {
  Bench bench({"END", "\n\n"});
  CHECK_FALSE(bench.say("a\nbEN"));
  CHECK(bench.content() == "a\nb");
  CHECK(bench.say("D"));
  CHECK(bench.finish().stop_sequence == "END");
  CHECK(bench.content() == "a\nb");
}

TEST_CASE("answer: what only looked like a stop sequence is shown") {
  Bench bench({"END"});
  bench.say("aEN");
  const auto done = bench.finish("length");
  CHECK(bench.content() == "aEN");
  CHECK(done.stop_sequence.empty());
  CHECK(done.reason == "length");
}

TEST_CASE("answer: thinking and content are told apart") {
  Bench bench({}, false);
  bench.say("hm|yes");
  bench.finish();
  std::string thinking;
  for (const auto& delta : bench.deltas) thinking += delta.thinking;
  CHECK(thinking == "hm");
  CHECK(bench.content() == "yes");
}

TEST_CASE("answer: a tool call has its name once, its arguments in pieces, and comes whole at the end") {
  Bench bench({}, false);
  bench.say("|ok!add{\"a\":1}");
  const auto done = bench.finish();
  std::string names, arguments;
  for (const auto& delta : bench.deltas)
    for (const auto& call : delta.tool_calls) {
      names += call.name;
      arguments += call.arguments;
      CHECK(call.id == (call.name.empty() ? "" : "call_1"));
    }
  CHECK(names == "add");
  CHECK(arguments == R"({"a":1})");
  CHECK(bench.content() == "ok");
  CHECK(done.reason == "tool_calls");
  REQUIRE(done.tool_calls.size() == 1);
  CHECK(done.tool_calls[0].arguments == parse_json(R"({"a":1})"));
}

TEST_CASE("answer: it ends where one call more than allowed begins") {
  const std::string_view two = "x|!look{\"a\":1}!look{\"a\":2}";
  Bench both({}, false);
  CHECK_FALSE(both.say(two));
  CHECK(both.finish().tool_calls.size() == 2);
  Bench one({}, false, false, 1);
  CHECK(one.say(two));
  const auto done = one.finish();
  CHECK(done.reason == "tool_calls");
  REQUIRE(done.tool_calls.size() == 1);
  CHECK(done.tool_calls[0].arguments == parse_json(R"({"a":1})"));
  for (const auto& delta : one.deltas)
    for (const auto& call : delta.tool_calls) CHECK(call.index == 0);
}

TEST_CASE("answer: a tool call cut off by the length is not a call") {
  Bench bench({}, false);
  bench.say("|!add{\"a\":");
  const auto done = bench.finish("length");
  CHECK(done.tool_calls.empty());
  CHECK(done.reason == "length");
}

TEST_CASE("answer: logprobs come with the bytes of their tokens, only where asked for") {
  const Choice choice{'a', -0.5, {{'a', -0.5}, {'b', -1.5}}};
  Bench bench({}, true, true);
  bench.answer->add('a', &choice);
  bench.finish();
  REQUIRE(bench.deltas.size() == 1);
  REQUIRE(bench.deltas[0].logprobs.size() == 1);
  CHECK(bench.deltas[0].logprobs[0].chosen.piece == "YQ==");
  CHECK(bench.deltas[0].logprobs[0].top.at(1).logprob == doctest::Approx(-1.5));
  Bench without;
  without.answer->add('a', &choice);
  without.finish();
  CHECK(without.deltas.at(0).logprobs.empty());
}
