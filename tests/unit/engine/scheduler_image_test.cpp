#include <doctest/doctest.h>

#include "base/sha256.h"
#include "engine/image_tokens.h"
#include "engine/prompt_images.h"
#include "scheduler_bench.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

// The fake's, which may fail or be interrupted when it computes.
class Eyes : public FakeProjector {
 public:
  StepResult compute(const ImagePart& part, Context& context, int sequence, std::int32_t position) override {
    ++parts_computed;
    if (during) during();
    if (fails) return StepResult::failed;
    return FakeProjector::compute(part, context, sequence, position);
  }
  int parts_computed = 0;
  bool fails = false;
  std::function<void()> during;
};

// A scheduler over the fake model that sees, stepped by hand. In prompts, "<d>" is the image "PICd".
struct Bench : SchedulerBench {
  explicit Bench(std::size_t cells = 4096, bool can_roll_back = true) {
    SchedulerOptions options;
    options.projector = &eyes;
    make(std::move(options), cells, can_roll_back);
  }

  ImagePrompt prompt_of(const std::string& text) const {
    ImagePrompt prompt;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '<') {
        prompt.tokens.push_back(text[i]);
        continue;
      }
      auto image = *eyes.read(std::string("PIC") + text[i + 1]);
      for (auto& part : image.images) part.first += prompt.tokens.size();
      prompt.images.insert(prompt.images.end(), image.images.begin(), image.images.end());
      prompt.tokens.insert(prompt.tokens.end(), image.tokens.begin(), image.tokens.end());
      i += 2;
    }
    return prompt;
  }
  void submit(std::uint64_t id, const std::string& text, std::size_t answer_max = 8) {
    auto prompt = prompt_of(text);
    auto job = std::make_unique<Job>();
    job->image_extra = prompt.cells() - prompt.tokens.size();
    job->prompt = std::move(prompt.tokens);
    job->images = std::move(prompt.images);
    job->answer_max = answer_max;
    job->return_context = true;
    SchedulerBench::submit(id, std::move(job));
  }
  std::string expected(const std::string& text, std::size_t answer_max = 8) const {
    return FakeContext::expected_answer(prompt_of(text).tokens, answer_max);
  }

  Eyes eyes;
};

}  // namespace

TEST_CASE("scheduler images: an answer comes from the text and the images, in their order") {
  Bench bench;
  bench.submit(1, "see <d> and <g>, which is older?");
  bench.run_to_end();
  CHECK(bench.outcomes[1].text == bench.expected("see <d> and <g>, which is older?"));
  CHECK(bench.expected("see <d> and <g>, which is older?") != bench.expected("see <g> and <d>, which is older?"));
  REQUIRE(bench.outcomes[1].done);
  CHECK(bench.outcomes[1].done->prompt_tokens == bench.prompt_of("see <d> and <g>, which is older?").cells());
  CHECK(bench.eyes.parts_computed == 4);
}

TEST_CASE("scheduler images: the same image in a dialogue that goes on is not computed again") {
  Bench bench;
  bench.submit(1, "<f>what is it?");
  bench.run_to_end();
  bench.eyes.parts_computed = 0;
  bench.submit(2, "<f>what is it? And why?");
  bench.run_to_end();
  CHECK(bench.eyes.parts_computed == 0);
  CHECK(bench.outcomes[2].text == bench.expected("<f>what is it? And why?"));
  // Two parts of 6 positions and 12 cells, and what is between and after them.
  CHECK(bench.outcomes[2].done->cached_tokens == 12 + 1 + 12 + std::string("what is it?").size());
}

TEST_CASE("scheduler images: another image under the same text shares nothing from the image on") {
  Bench bench;
  bench.submit(1, "look: <f>what is it?");
  bench.run_to_end();
  bench.eyes.parts_computed = 0;
  bench.submit(2, "look: <e>what is it?");
  bench.run_to_end();
  CHECK(bench.eyes.parts_computed == 2);
  CHECK(bench.outcomes[2].done->cached_tokens == std::string("look: ").size());
  CHECK(bench.outcomes[2].text == bench.expected("look: <e>what is it?"));
}

TEST_CASE("scheduler images: texts and images together are the same as each alone") {
  Bench bench;
  std::map<std::uint64_t, std::string> prompts;
  for (std::uint64_t id = 1; id <= 12; ++id) {
    const auto number = std::to_string(id);
    prompts[id] = id % 3 == 0 ? "only text " + number : std::string("image <") + char('a' + id) + "> of " + number;
    bench.submit(id, prompts[id], 30);
  }
  bench.run_to_end();
  for (const auto& [id, prompt] : prompts) CHECK(bench.outcomes[id].text == bench.expected(prompt, 30));
}

TEST_CASE("scheduler images: those who ask about the same image at once wait for the first") {
  Bench bench;
  const std::string text(60, 't');
  for (std::uint64_t id = 1; id <= 6; ++id) bench.submit(id, "<z>" + text + std::to_string(id));
  bench.run_to_end();
  CHECK(bench.eyes.parts_computed == 2);
  for (std::uint64_t id = 1; id <= 6; ++id)
    CHECK(bench.outcomes[id].text == bench.expected("<z>" + text + std::to_string(id)));
}

TEST_CASE("scheduler images: an answer that is being written goes on between the parts of images") {
  Bench bench;
  bench.submit(1, "a question without image", 200);
  while (bench.outcomes[1].text.empty() && !bench.outcomes[1].done) REQUIRE(bench.scheduler->step());
  bench.submit(2, "<a><b><c><d><e><f><g><h>?", 1);
  std::size_t parts = 0, letters = bench.outcomes[1].text.size();
  while (!bench.outcomes[2].done) {
    REQUIRE(bench.scheduler->step());
    CHECK(std::size_t(bench.eyes.parts_computed) - parts <= 1);
    if (!bench.outcomes[1].done && std::size_t(bench.eyes.parts_computed) > parts)
      CHECK(bench.outcomes[1].text.size() > letters);
    parts = std::size_t(bench.eyes.parts_computed);
    letters = bench.outcomes[1].text.size();
  }
  CHECK(parts == 16);
}

TEST_CASE(
    "scheduler images: a request cancelled while its image is computed stops without a word, others do not notice") {
  Bench bench;
  bench.submit(1, "<f>what?");
  bench.submit(2, "only text");
  bench.eyes.during = [&] { bench.scheduler->cancel(1); };
  bench.run_to_end();
  CHECK_FALSE(bench.outcomes[1].done);
  CHECK(bench.outcomes[1].error.empty());
  CHECK(bench.outcomes[2].text == bench.expected("only text"));
  CHECK(bench.scheduler->stats().aborted_steps == 1);
  CHECK(bench.scheduler->stats().running == 0);
}

TEST_CASE("scheduler images: an image that cannot be computed ends its request alone") {
  Bench bench;
  bench.eyes.fails = true;
  bench.submit(1, "<f>what?");
  bench.submit(2, "only text");
  bench.run_to_end();
  CHECK(bench.outcomes[1].error == "the model could not compute an image");
  CHECK(bench.outcomes[2].text == bench.expected("only text"));
}

TEST_CASE("scheduler images: an image that finds no room has it made, and is then computed") {
  for (const bool can_roll_back : {true, false}) {
    Bench bench(100, can_roll_back);
    bench.submit(1, std::string(70, 'o'), 2);
    bench.run_to_end();
    bench.submit(2, "a text and <m>what?", 4);
    bench.run_to_end();
    CHECK(bench.outcomes[2].error.empty());
    CHECK(bench.outcomes[2].text == bench.expected("a text and <m>what?", 4));
  }
}

TEST_CASE("scheduler images: the context that is handed out is text, without the images") {
  Bench bench;
  bench.submit(1, "see <d>?", 1);
  bench.run_to_end();
  REQUIRE(bench.outcomes[1].done);
  const auto& context = bench.outcomes[1].done->context;
  CHECK(text_length(context) == context.size());
  CHECK(std::string(context.begin(), context.begin() + 6) == "see |?");
}
