#include "engine/scheduler.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>

#include "scheduler_bench.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

struct Bench : SchedulerBench {
  explicit Bench(SchedulerOptions options = {}, std::size_t cells = 4096, bool can_roll_back = true) {
    make(std::move(options), cells, can_roll_back);
  }
  void submit(std::uint64_t id, const std::string& prompt, const std::string& user = "", std::size_t answer_max = 8,
              bool reproducible = false, int threads = 0) {
    auto job = std::make_unique<Job>();
    job->threads = threads;
    job->user = user;
    job->prompt = vocabulary.tokenize(prompt, false, false);
    job->answer_max = answer_max;
    job->reproducible = reproducible;
    SchedulerBench::submit(id, std::move(job));
  }
  std::string expected(const std::string& prompt, std::size_t answer_max = 8) {
    return FakeContext::expected_answer(vocabulary.tokenize(prompt, false, false), answer_max);
  }
};

std::string long_text(char letter, std::size_t length) { return std::string(length, letter); }

}  // namespace

TEST_CASE("scheduler: an answer is what the model says, token by token") {
  Bench bench;
  bench.submit(1, "What is a forge?");
  bench.run_to_end();
  CHECK(bench.outcomes[1].text == bench.expected("What is a forge?"));
  REQUIRE(bench.outcomes[1].done);
  CHECK(bench.outcomes[1].done->prompt_tokens == 16);
  CHECK(bench.outcomes[1].done->answer_tokens == bench.outcomes[1].text.size());
}

TEST_CASE("scheduler: many answers together are the same as each alone") {
  Bench bench;
  for (std::uint64_t id = 1; id <= 12; ++id) bench.submit(id, "question number " + std::to_string(id), "", 30);
  bench.run_to_end();
  for (std::uint64_t id = 1; id <= 12; ++id) CHECK(bench.outcomes[id].text == bench.expected("question number " + std::to_string(id), 30));
}

TEST_CASE("scheduler: a second prompt with the same beginning computes only what differs") {
  Bench bench;
  const auto shared = long_text('s', 500);
  bench.submit(1, shared + " one");
  bench.run_to_end();
  const auto before = bench.context->tokens_computed();
  bench.submit(2, shared + " two");
  bench.run_to_end();
  CHECK(bench.outcomes[2].done->cached_tokens == 501);
  CHECK(bench.context->tokens_computed() - before < 20);
  CHECK(bench.outcomes[2].text == bench.expected(shared + " two"));
}

TEST_CASE("scheduler: a prefix that several wait for is computed once") {
  Bench bench;
  const auto shared = long_text('p', 1500);
  for (std::uint64_t id = 1; id <= 8; ++id) bench.submit(id, shared + std::to_string(id) + long_text('x', 50));
  bench.run_to_end();
  for (std::uint64_t id = 1; id <= 8; ++id) CHECK(bench.outcomes[id].text == bench.expected(shared + std::to_string(id) + long_text('x', 50)));
  CHECK(bench.scheduler->stats().prompt_tokens_computed < 1500 + 8 * 60);
}

TEST_CASE("scheduler: another user's prefix is not used, the model's own is") {
  SchedulerOptions options;
  FakeVocabulary vocabulary;
  options.pinned = vocabulary.tokenize("system prompt", false, false);
  Bench bench(options);
  bench.submit(1, "system prompt and a secret of Ana", "ana");
  bench.run_to_end();
  bench.submit(2, "system prompt and a secret of Ana", "eva");
  bench.run_to_end();
  CHECK(bench.outcomes[2].done->cached_tokens == options.pinned.size());
}

TEST_CASE("scheduler: a cancelled request stops without a word and frees its cells") {
  Bench bench;
  bench.submit(1, "a question", "", 1000);
  REQUIRE(bench.scheduler->step());
  bench.scheduler->cancel(1);
  bench.run_to_end();
  CHECK_FALSE(bench.outcomes[1].done);
  CHECK(bench.outcomes[1].error.empty());
  CHECK(bench.scheduler->stats().running == 0);
}

TEST_CASE("scheduler: when the cache is full the prefix used longest ago goes first") {
  Bench bench({}, 1024);
  bench.submit(1, long_text('a', 400));
  bench.run_to_end();
  bench.submit(2, long_text('b', 400));
  bench.run_to_end();
  bench.submit(3, long_text('c', 400));
  bench.run_to_end();
  CHECK(bench.outcomes[3].text == bench.expected(long_text('c', 400)));
  bench.submit(4, long_text('b', 400) + "!");
  bench.run_to_end();
  CHECK(bench.outcomes[4].done->cached_tokens == 400);
  bench.submit(5, long_text('a', 400) + "!");
  bench.run_to_end();
  CHECK(bench.outcomes[5].done->cached_tokens == 0);
}

TEST_CASE("scheduler: a short prompt does not wait for a long one of another user") {
  Bench bench;
  bench.submit(1, long_text('l', 3000), "long", 1);
  REQUIRE(bench.scheduler->step());
  bench.submit(2, "short", "short", 1);
  while (!bench.outcomes[2].done) REQUIRE(bench.scheduler->step());
  CHECK_FALSE(bench.outcomes[1].done);
  bench.run_to_end();
  CHECK(bench.outcomes[1].done);
}

TEST_CASE("scheduler: a model that cannot roll back goes on only from where its state ends") {
  Bench bench({}, 4096, false);
  bench.submit(1, long_text('r', 100), "", 5);
  bench.run_to_end();
  bench.submit(2, long_text('r', 100) + "?", "", 5);
  bench.run_to_end();
  CHECK(bench.outcomes[2].text == bench.expected(long_text('r', 100) + "?", 5));
}

TEST_CASE("scheduler: the model's own prefix survives a restart on disk") {
  const auto file = std::filesystem::temp_directory_path() / ("fragua-pinned-" + std::to_string(::getpid()) + ".bin");
  SchedulerOptions options;
  FakeVocabulary vocabulary;
  options.pinned = vocabulary.tokenize(long_text('S', 300), false, false);
  options.pinned_file = file;
  {
    Bench bench(options);
    bench.submit(1, long_text('S', 300) + " hello");
    bench.run_to_end();
    CHECK(bench.outcomes[1].done->cached_tokens == 0);
  }
  for (const std::size_t cells_at_first : {4096, 128}) {  // the cache grows for a prefix that is larger
    Bench bench(options);
    bench.limits.cells = cells_at_first;
    bench.submit(1, long_text('S', 300) + " again");
    std::function<void()> stop_when_done = [&] {
      if (bench.outcomes[1].done) bench.scheduler->stop();
      else bench.scheduler->post(stop_when_done);
    };
    bench.scheduler->post(stop_when_done);
    bench.scheduler->run();
    CHECK(bench.outcomes[1].done->cached_tokens == options.pinned.size());
  }
  std::filesystem::remove(file);
}

TEST_CASE("scheduler: an answer that copies its prompt takes fewer steps, and is the same") {
  const std::string text = "the quick brown fox jumps over the lazy dog and then it does so again, slowly";
  const auto answer_with = [&](std::size_t guesses) {
    SchedulerOptions options;
    options.draft_tokens_max = guesses;
    Bench bench(options);
    bench.submit(1, "#" + text + "|", "", 200);
    bench.run_to_end();
    CHECK(bench.outcomes[1].text == text);
    return bench.outcomes[1].done->steps;
  };
  const auto plain = answer_with(0), guessing = answer_with(16);
  CHECK(plain == text.size() + 1);
  CHECK(guessing < plain / 3);
}

TEST_CASE("scheduler: an answer that would end inside its thinking still brings what its constraint asks for") {
  Bench bench;
  GrammarVocabulary vocabulary;
  vocabulary.pieces = bench.vocabulary.pieces();
  vocabulary.stop_tokens = {kFakeEnd};
  vocabulary.size = int(vocabulary.pieces.size());
  GrammarCompiler compiler(vocabulary);
  auto job = std::make_unique<Job>();
  job->prompt = bench.vocabulary.tokenize("Think. #hm|", false, false);
  job->answer_max = 50;
  job->constraint = std::make_unique<LazyConstraint>(compiler.compile({GrammarSpec::Kind::ebnf, "root ::= \"{}\"", {}}),
                                                     std::vector<Trigger>{{"</think>", false}});
  static_cast<SchedulerBench&>(bench).submit(1, std::move(job));
  bench.run_to_end();
  CHECK(bench.outcomes[1].text == "hm</think>{}");
  REQUIRE(bench.outcomes[1].done);
  CHECK(bench.outcomes[1].done->reason == "stop");
}

TEST_CASE("scheduler: other work shares the time with the answers that are being written, and has it all when there are none") {
  SchedulerOptions options;
  options.draft_tokens_max = 0;
  Bench bench(options);
  int ran = 0;
  const auto work = [&] {
    ++ran;
    bench.clock.advance(std::chrono::milliseconds(100));
  };
  bench.submit(1, "a prompt that is answered at length #aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|", "", 40);
  bench.scheduler->step();
  bench.scheduler->post(work);
  bench.scheduler->step();
  CHECK(ran == 1);
  bench.scheduler->post(work);
  const auto before = bench.outcomes[1].text.size();
  for (int i = 0; i < 3; ++i) bench.scheduler->step();
  CHECK(ran == 1);
  CHECK(bench.outcomes[1].text.size() > before);
  bench.clock.advance(std::chrono::milliseconds(100));
  bench.scheduler->step();
  CHECK(ran == 2);
  bench.scheduler->post(work);
  bench.run_to_end();
  CHECK(bench.outcomes[1].done);
  CHECK(ran == 3);
}

TEST_CASE("scheduler: with many answers at once nothing is guessed") {
  Bench bench;
  for (std::uint64_t id = 1; id <= 6; ++id) bench.submit(id, "#" + std::string(id, 'x') + "abcdabcdabcdabcdabcdabcd|", "", 200);
  for (int i = 0; i < 3; ++i) REQUIRE(bench.scheduler->step());
  const auto before = bench.context->tokens_computed();
  REQUIRE(bench.scheduler->step());
  CHECK(bench.context->tokens_computed() - before == 6);
}

TEST_CASE("scheduler: an answer with a seed begins from its last token alone, cached or not, and guesses nothing") {
  Bench bench;
  bench.submit(1, "#abcabcabcabcabcabc|", "", 200, true);
  bench.run_to_end();
  CHECK(bench.outcomes[1].text == "abcabcabcabcabcabc");
  // One step for the prompt but its last token, one for that, and one a token of the answer.
  CHECK(bench.context->steps() == 2 + 18);
  CHECK(bench.context->tokens_computed() == 20 + 18);
}

TEST_CASE("scheduler: a step has as many threads as the one that wants most of them") {
  Bench bench;
  bench.submit(1, "few", "", 40, false, 1);
  bench.scheduler->step();
  CHECK(bench.context->threads() == 1);
  bench.submit(2, "more", "", 20, false, 3);
  bench.scheduler->step();
  CHECK(bench.context->threads() == 3);
  bench.submit(3, "does not say", "", 4);
  bench.scheduler->step();
  CHECK(bench.context->threads() == 0);
  bench.run_to_end();
  for (const auto& [id, outcome] : bench.outcomes) CHECK(outcome.done);
}

TEST_CASE("scheduler: it tells when the context has grown") {
  int grown = 0;
  SchedulerOptions options;
  options.on_grown = [&] { ++grown; };
  Bench bench(options, 256);
  bench.limits.cells_max = 1024;
  bench.submit(1, long_text('a', 200));
  bench.run_to_end();
  CHECK(grown == 0);
  bench.submit(2, long_text('b', 600));
  bench.run_to_end();
  CHECK(grown == 2);  // it doubles
}
