#include "engine/preparer.h"

#include <doctest/doctest.h>

#include "base/strings.h"
#include "engine/fake/model.h"
#include "engine/image_tokens.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

struct Bench {
  std::unique_ptr<Job> prepare(GenerateRequest request) {
    PreparerOptions options;
    options.context_max = 1000;
    options.pinned = pinned;
    options.random = [] { return std::uint64_t(1); };
    return Preparer(*model, std::move(options), clock).prepare(std::move(request), [](Delta) {});
  }
  std::unique_ptr<Model> model = load_fake_model({.projector_path = "eyes"}, {});
  ManualClock clock;
  std::vector<Token> pinned;
};

GenerateRequest text_request(std::string prompt) {
  GenerateRequest request;
  request.prompt = std::move(prompt);
  return request;
}

GenerateRequest chat_request(std::vector<std::pair<std::string, std::string>> messages) {
  GenerateRequest request;
  for (auto& [role, content] : messages) request.messages.push_back({.role = role, .content = content});
  return request;
}

std::string text_of(const Job& job) {
  const auto text = without_images(job.prompt);
  return {text.begin(), text.end()};
}

// Of two parts of n positions and 2n cells, and a letter between them.
std::string picture(std::size_t positions) { return to_base64(std::string("PIC") + char('a' + positions - 1)); }

}  // namespace

TEST_CASE("preparer: a text goes to the model as it stands, after the context that came with it") {
  Bench bench;
  auto request = text_request("cd");
  CHECK(text_of(*bench.prepare(request)) == "cd");
  request.context = {'a', 'b'};
  CHECK(text_of(*bench.prepare(request)) == "abcd");
  request.context.clear();
  request.suffix = "ef";
  CHECK(text_of(*bench.prepare(request)) == "cdef");
}

TEST_CASE("preparer: an answer may have what is asked for and what the context leaves") {
  Bench bench;
  auto request = text_request("abcd");
  request.num_ctx = 100;
  CHECK(bench.prepare(request)->answer_max == 96);
  request.num_predict = 5;
  CHECK(bench.prepare(request)->answer_max == 5);
  request.num_ctx = 1'000'000;
  CHECK(bench.prepare(request)->tokens_max == 1000);
}

TEST_CASE("preparer: the oldest turns go first, the system message and the last one stay, and it is told") {
  Bench bench;
  auto request = chat_request({{"system", "S"}, {"user", "first"}, {"assistant", "second"}, {"user", "last"}});
  request.num_ctx = 48;
  const auto job = bench.prepare(request);
  CHECK(text_of(*job) == "system: S\nuser: last\n");
  CHECK(job->done.dropped_messages == 2);
  CHECK(job->done.dropped_tokens == std::string("user: first\nassistant: second\n").size());
}

TEST_CASE("preparer: a tool's answers go with the call they belong to") {
  Bench bench;
  auto request = chat_request({{"assistant", "call"}, {"tool", "one"}, {"tool", "two"}, {"user", "last"}});
  request.num_ctx = 32;
  const auto job = bench.prepare(request);
  CHECK(text_of(*job) == "user: last\n");
  CHECK(job->done.dropped_messages == 3);
}

TEST_CASE("preparer: a text that does not fit loses its oldest tokens, but not the model's own prefix") {
  Bench bench;
  auto request = text_request("PP" + std::string(40, 'x') + "end");
  request.num_ctx = 32;
  auto job = bench.prepare(request);
  CHECK(text_of(*job) == std::string(21, 'x') + "end");
  CHECK(job->done.dropped_tokens == 21);
  bench.pinned = {'P', 'P'};
  job = bench.prepare(request);
  CHECK(text_of(*job) == "PP" + std::string(19, 'x') + "end");
  CHECK(job->shareable == 2);
}

TEST_CASE("preparer: what may not be truncated and does not fit is the request's error") {
  Bench bench;
  auto request = text_request(std::string(40, 'x'));
  request.num_ctx = 32;
  request.truncate = false;
  CHECK_THROWS_WITH_AS(bench.prepare(request), doctest::Contains("exceeds the context length"), Error);
}

TEST_CASE("preparer: tokens that the model does not have are the request's error") {
  Bench bench;
  for (const Token token : {-1, 257, 1'000'000}) {
    auto request = text_request("a");
    request.context = {'b', token};
    CHECK_THROWS_WITH_AS(bench.prepare(request), doctest::Contains("not in this model's vocabulary"), Error);
  }
}

TEST_CASE("preparer: an empty prompt and a grammar of no known kind are the request's errors") {
  Bench bench;
  CHECK_THROWS_WITH_AS(bench.prepare(text_request("")), "the prompt is empty", Error);
  auto request = text_request("a");
  request.grammar_kind = "poem";
  CHECK_THROWS_AS(bench.prepare(request), Error);
}

TEST_CASE("preparer: a request's own template takes the place of the model's") {
  Bench bench;
  auto request = chat_request({{"user", "hi"}});
  request.go_template = "<<{{ .Prompt }}>>";
  CHECK(text_of(*bench.prepare(request)) == "<<hi>>");
}

TEST_CASE("preparer: the pinned prefix is what every dialogue with the SYSTEM begins with") {
  const auto model = load_fake_model({}, {});
  const auto pinned = Preparer::pinned_prefix(*model, "S");
  CHECK(std::string(pinned.begin(), pinned.end()) == "system: S\nuser: ");
  CHECK(Preparer::pinned_prefix(*model, "").empty());
}

TEST_CASE("preparer: an image takes cells of the prompt, and each part knows its place") {
  Bench bench;
  auto request = chat_request({{"user", "what?"}});
  request.messages[0].images = {picture(5)};
  request.num_ctx = 100;
  const auto job = bench.prepare(request);
  CHECK(text_of(*job) == "user: |what?\n");
  REQUIRE(job->images.size() == 2);
  CHECK(job->images[0].first == 6);
  CHECK(job->images[1].first == 6 + 5 + 1);
  CHECK(job->prompt_cells() == std::string("user: |what?\n").size() + 20);
  CHECK(job->answer_max == 100 - job->prompt_cells());
}

TEST_CASE("preparer: a message goes with its images, and they are counted") {
  Bench bench;
  auto request = chat_request({{"user", "first"}, {"assistant", "second"}, {"user", "last"}});
  request.messages[0].images = {picture(20)};
  request.messages[2].images = {picture(2)};
  request.num_ctx = 80;
  const auto job = bench.prepare(request);
  CHECK(text_of(*job) == "assistant: second\nuser: |last\n");
  CHECK(job->images.size() == 2);
  CHECK(job->done.dropped_messages == 1);
  CHECK(job->done.dropped_tokens == std::string("user: |first\n").size() + 80);
}

TEST_CASE("preparer: images that do not fit are the request's error, never left out or divided") {
  Bench bench;
  auto request = chat_request({{"user", "last"}});
  request.messages[0].images = {picture(20)};
  request.num_ctx = 60;
  CHECK_THROWS_WITH_AS(bench.prepare(request), doctest::Contains("with its images"), Error);
}

TEST_CASE("preparer: a text as it stands has its images before it, and must have something after them") {
  Bench bench;
  auto request = text_request("what?");
  request.context = {'c'};
  request.images = {picture(3)};
  const auto job = bench.prepare(request);
  CHECK(text_of(*job) == "c|what?");
  CHECK(job->images.at(0).first == 1);
  request.prompt = "";
  CHECK_THROWS_WITH_AS(bench.prepare(request), doctest::Contains("a text after its images"), Error);
  request.prompt = "a";
  request.suffix = "b";
  CHECK_THROWS_WITH_AS(bench.prepare(request), doctest::Contains("suffix"), Error);
}

TEST_CASE("preparer: a context may hold only tokens of the vocabulary") {
  Bench bench;
  auto request = text_request("a");
  for (const Token token : {-1, -77, 257, 1'000'000}) {
    request.context = {'x', token};
    CHECK_THROWS_WITH_AS(bench.prepare(request), doctest::Contains("not in this model's vocabulary"), Error);
  }
}

TEST_CASE("preparer: a template without a place for a message refuses its images") {
  Bench bench;
  auto request = chat_request({{"user", "hi"}});
  request.messages[0].images = {picture(1)};
  request.go_template = "always the same";
  CHECK_THROWS_WITH_AS(bench.prepare(request), doctest::Contains("no place for an image"), Error);
}

TEST_CASE("preparer: a suffix goes through the template that knows one, else through the vocabulary") {
  Bench bench;
  auto request = text_request("ab");
  request.suffix = "yz";
  CHECK(text_of(*bench.prepare(request)) == "abyz");  // the fake vocabulary's way
  request.go_template = "{{ if .Suffix }}[{{ .Prompt }}|{{ .Suffix }}]{{ end }}";
  CHECK(text_of(*bench.prepare(request)) == "[ab|yz]");
}
