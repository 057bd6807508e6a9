// SchedulerBench: a scheduler over the fake model, stepped by hand, and what came of each request. Callers: the scheduler's tests,
// which add what they submit. Threads: one.
#pragma once
#include <doctest/doctest.h>

#include <map>

#include "engine/fake/model.h"
#include "engine/scheduler.h"

namespace fragua::engine {

class EmptyFormat : public ChatFormat {
 public:
  RenderedChat render(const ChatInput&) const override { return {}; }
  ParsedChat parse(const RenderedChat&, std::string_view text, bool) const override { return {std::string(text), "", {}}; }
};

struct Outcome {
  std::string text;
  std::optional<Done> done;
  std::string error;
};

struct SchedulerBench {
  void make(SchedulerOptions options, std::size_t cells, bool can_roll_back) {
    limits.cells = limits.cells_max = cells;
    limits.cells_comfortable = 0;
    limits.can_roll_back = can_roll_back;
    context = std::make_unique<FakeContext>(limits, [this] { return scheduler && scheduler->should_abort(); });
    scheduler = std::make_unique<Scheduler>(*context, limits, vocabulary, std::move(options), clock);
  }
  // A greedy request: the caller has set its prompt and what is particular.
  void submit(std::uint64_t id, std::unique_ptr<Job> job) {
    job->id = id;
    job->submitted = clock.steady();
    SamplingOptions sampling;
    sampling.temperature = 0;
    job->sampler = std::make_unique<Sampler>(sampling, 257);
    AnswerOptions answer;
    answer.sink = [this, id](Delta delta) { outcomes[id].text += delta.content; };
    answer.new_call_id = [] { return std::string("call_test"); };
    job->answer = std::make_unique<Answer>(vocabulary, format, std::move(answer));
    job->on_done = [this, id](const Done& done) { outcomes[id].done = done; };
    job->on_error = [this, id](const Error& error) { outcomes[id].error = error.what(); };
    scheduler->submit(std::move(job));
  }
  void run_to_end() {
    for (int rounds = 0; scheduler->step(); ++rounds) REQUIRE(rounds < 10'000);
  }

  FakeVocabulary vocabulary;
  EmptyFormat format;
  ManualClock clock;
  ContextLimits limits;
  std::unique_ptr<FakeContext> context;
  std::unique_ptr<Scheduler> scheduler;
  std::map<std::uint64_t, Outcome> outcomes;
};

}  // namespace fragua::engine
