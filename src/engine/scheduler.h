// Scheduler: continuous batching over one Context. Each step computes the tokens of all running answers and, within the
// budget, a share of the prompts that wait; prompts start from the longest prefix the cache holds, and wait for a prefix that
// another prompt is computing right now (single flight). Fair by user, short prompts first, priorities before all. A part of an
// image is computed in a step of its own.
// Callers: engine/host. Threads: submit, cancel, post, stop from any; run and step are the compute thread's.
// Cancelling stops a step that works for the cancelled request (abort callback) and frees its cells; no callback follows.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "base/clock.h"
#include "engine/budget.h"
#include "engine/earlier_answers.h"
#include "engine/fairness.h"
#include "engine/job.h"
#include "engine/running.h"
#include "engine/sequences.h"

namespace fragua::engine {

struct SchedulerOptions {
  int parallel_max = 16;               // answers computed together
  double gap_target_ms = 400;
  double patience_ms = 700;
  bool isolate_users = true;
  std::size_t draft_tokens_max = 15;   // guessed in one step for one answer; 0: none
  std::vector<Token> pinned;           // the model's own prefix
  std::filesystem::path pinned_file;   // its snapshot; empty: none
  Projector* projector = nullptr;      // of a model that sees
  std::function<void()> on_grown;      // the context has; called on the compute thread
};

class Scheduler {
 public:
  Scheduler(Context& context, ContextLimits& limits, const Vocabulary& vocabulary, SchedulerOptions options, const Clock& clock);
  ~Scheduler();

  void submit(std::unique_ptr<Job> job);
  void cancel(std::uint64_t id);
  // Runs on the compute thread between two steps; while answers are written, no sooner than they had as much time as the work before.
  void post(std::function<void()> work);
  void stop();

  // Until stop().
  void run();
  // One round without waiting; false when there was nothing to do.
  bool step();
  // Asked by the context during a step.
  bool should_abort() const { return abort_.load(std::memory_order_relaxed); }
  EngineStats stats() const;

 private:
  using List = std::list<std::unique_ptr<Running>>;

  // scheduler.cpp: who comes in, who leaves
  bool take_inbox();
  bool has_work() const;
  void drop_cancelled();
  void admit();
  bool fits(const Running& running) const;
  bool start(Running& running);
  // On a model that cannot roll back a wrong guess would be there for good.
  bool may_guess(const Job& job) const { return options_.draft_tokens_max > 0 && limits_.can_roll_back && !job.reproducible; }
  void prepare_guesses(Running& running);
  Sequence* free_sequence();
  void drop(Sequence& sequence);
  std::vector<Running*> by_turn(List& list);
  void finish(Running& running, std::string reason);
  void fail(Running& running, const Error& error);
  void remove_finished();
  void restore_pinned();
  void snapshot_pinned(const Sequence& source);

  // scheduler_step.cpp: what is computed, and what follows from it
  std::vector<Share> plan();
  static int threads_for(const std::vector<Share>& shares);
  void add_share(std::vector<Share>& shares, Running& running, std::size_t tokens);
  void fill_batch(std::vector<Share>& shares);
  bool compute(const std::vector<Share>& shares);
  void undo(const std::vector<Share>& shares);
  bool make_room();
  bool grow();
  void settle(const std::vector<Share>& shares, double step_ms);
  void advance(Running& running, const Share& share);
  Choice choose(Running& running, std::size_t row);
  bool accept(Running& running, Token token, const Choice* choice);
  void accept_forced(Running& running);
  bool end_thinking(Running& running);
  void guess(Running& running);
  std::vector<Token> guessed_values(Running& running, std::size_t room);
  std::vector<Token> allowed_part(Running& running, std::vector<Token> tokens);

  // scheduler_parking.cpp: cached prefixes that leave the cache for plain memory
  void park_idle(const Sequence* needed);
  bool may_park(const Sequence& sequence) const;
  void park_or_drop(Sequence& sequence);
  bool bring(const Sequence& from, Sequence& to, std::size_t count);

  // scheduler_image.cpp: images of prompts, one part a step
  Running* next_image();
  void compute_image(Running& running);

  Context& context_;
  ContextLimits& limits_;
  const Vocabulary& vocabulary_;
  SchedulerOptions options_;
  const Clock& clock_;
  Sequences sequences_;
  Fairness fairness_;
  Budget budget_;
  EarlierAnswers earlier_;
  List running_;                                  // admitted
  List waiting_;
  std::vector<BatchToken> batch_;
  bool pinned_done_ = false;
  SteadyTime posted_again_{};                     // when it is posted work's turn again

  mutable std::mutex mutex_;                      // guards what follows
  std::condition_variable wake_;
  std::vector<std::unique_ptr<Job>> inbox_;
  std::vector<std::function<void()>> posted_;
  std::set<std::uint64_t> cancelled_;
  std::set<std::uint64_t> in_step_;               // requests whose loss aborts the step
  bool stopping_ = false;
  EngineStats stats_;
  std::atomic<bool> abort_{false};
};

}  // namespace fragua::engine
