#include "engine/scheduler.h"
#include "scheduler_bench.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

struct Bench : SchedulerBench {
  explicit Bench(std::size_t comfortable, bool can_roll_back = true, SchedulerOptions options = {}) {
    make(std::move(options), 4096, can_roll_back);
    limits.cells_comfortable = comfortable;
  }
  // Its answer is right, and so many tokens of the prompt were there.
  std::size_t cached(const std::string& prompt) {
    const auto id = ++asked_;
    auto job = std::make_unique<Job>();
    job->prompt = vocabulary.tokenize(prompt, false, false);
    job->answer_max = 8;
    const auto expected = FakeContext::expected_answer(job->prompt, job->answer_max);
    submit(id, std::move(job));
    run_to_end();
    CHECK(outcomes[id].text == expected);
    return outcomes[id].done->cached_tokens;
  }
  std::size_t held() const {
    std::size_t tokens = 0;
    for (int id = 0; id < limits.sequences_max; ++id) tokens += context->held(id);
    return tokens;
  }

 private:
  std::uint64_t asked_ = 0;
};

std::string text_of(char letter, std::size_t length = 600) { return std::string(length, letter); }

}  // namespace

TEST_CASE("parking: what lies idle leaves the cache, and serves again") {
  Bench bench(4096);
  for (const char letter : {'a', 'b', 'c'}) CHECK(bench.cached(text_of(letter)) == 0);
  CHECK(bench.held() < 2 * 600);
  for (const char letter : {'a', 'b', 'c'}) CHECK(bench.cached(text_of(letter) + "!") == 600);
  CHECK(bench.held() < 2 * 620);
}

TEST_CASE("parking: a few hundred tokens may lie idle") {
  Bench bench(4096);
  for (const char letter : {'a', 'b', 'c'}) bench.cached(text_of(letter, 100));
  CHECK(bench.held() >= 3 * 100);
}

TEST_CASE("parking: the model's own prefix stays") {
  SchedulerOptions options;
  options.pinned = FakeVocabulary().tokenize(text_of('S'), false, false);
  Bench bench(4096, true, options);
  bench.cached(text_of('S') + " hello");
  for (const char letter : {'a', 'b'}) bench.cached(text_of(letter));
  CHECK(bench.held() >= 2 * 600);
  CHECK(bench.cached(text_of('S') + " again") >= 600);
}

TEST_CASE("parking: no more is parked than the cache may hold comfortably, and the oldest goes first") {
  Bench bench(1000);
  for (const char letter : {'a', 'b', 'c', 'd'}) bench.cached(text_of(letter));
  CHECK(bench.cached(text_of('a') + "!") == 0);
}

TEST_CASE("parking: a model that cannot roll back keeps its states where they are") {
  Bench bench(4096, false);
  for (const char letter : {'a', 'b', 'c'}) bench.cached(text_of(letter));
  CHECK(bench.held() >= 3 * 600);
}

TEST_CASE("parking: a short common beginning is computed sooner than copied") {
  Bench bench(4096);
  bench.cached("hello " + text_of('a'));
  bench.cached(text_of('b'));
  CHECK(bench.cached("hello " + text_of('c')) == 0);
}
