#include "engine/scheduler.h"

#include <algorithm>

#include "engine/image_tokens.h"

namespace fragua::engine {

namespace {

// A long prompt gains this many tokens of precedence for every millisecond that it waits, so short ones cannot starve it.
constexpr double kAgingTokensPerMs = 0.1;

// So many last tokens must have occurred before for a guess. Under a grammar a wrong one is seldom allowed, and fewer suffice.
constexpr int kDraftMatchMax = 4;
constexpr int kDraftMatchMin = 3;
constexpr int kDraftMatchMinConstrained = 2;
constexpr std::size_t kDraftRestConstrained = 2;

std::uint64_t elapsed_ns(SteadyTime from, SteadyTime to) {
  return std::uint64_t(std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::nanoseconds>(to - from).count()));
}

}  // namespace

Scheduler::Scheduler(Context& context, ContextLimits& limits, const Vocabulary& vocabulary, SchedulerOptions options,
                     const Clock& clock)
    : context_(context),
      limits_(limits),
      vocabulary_(vocabulary),
      options_(std::move(options)),
      clock_(clock),
      sequences_(limits.sequences_max, options_.isolate_users, limits.can_roll_back),
      budget_(options_.gap_target_ms, options_.patience_ms, limits.step_max) {}

Scheduler::~Scheduler() = default;

void Scheduler::submit(std::unique_ptr<Job> job) {
  std::lock_guard lock(mutex_);
  inbox_.push_back(std::move(job));
  wake_.notify_one();
}

void Scheduler::cancel(std::uint64_t id) {
  std::lock_guard lock(mutex_);
  cancelled_.insert(id);
  if (in_step_.contains(id)) abort_ = true;
  wake_.notify_one();
}

void Scheduler::post(std::function<void()> work) {
  std::lock_guard lock(mutex_);
  posted_.push_back(std::move(work));
  wake_.notify_one();
}

void Scheduler::stop() {
  std::lock_guard lock(mutex_);
  stopping_ = true;
  abort_ = true;
  wake_.notify_one();
}

EngineStats Scheduler::stats() const {
  std::lock_guard lock(mutex_);
  return stats_;
}

void Scheduler::run() {
  restore_pinned();
  while (true) {
    if (step()) continue;
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return stopping_ || has_work(); });
    if (stopping_) return;
  }
}

bool Scheduler::has_work() const { return !inbox_.empty() || !posted_.empty() || !cancelled_.empty() || !running_.empty(); }

bool Scheduler::step() {
  bool worked = take_inbox();
  drop_cancelled();
  admit();
  auto shares = plan();
  if (!shares.empty()) {
    worked = true;
    fill_batch(shares);
    const auto start = clock_.steady();
    if (compute(shares)) settle(shares, std::chrono::duration<double, std::milli>(clock_.steady() - start).count());
  }
  if (auto* running = next_image()) {
    worked = true;
    compute_image(*running);
  }
  remove_finished();
  std::lock_guard lock(mutex_);
  stats_.running = std::uint32_t(running_.size());
  stats_.waiting = std::uint32_t(waiting_.size() + inbox_.size());
  stats_.cached_prefixes = std::uint32_t(sequences_.cached_count());
  stats_.context_tokens = std::uint32_t(limits_.cells);
  return worked && !stopping_;
}

// Posted work leaves half of the time to the answers, as long as there are any.
bool Scheduler::take_inbox() {
  std::vector<std::unique_ptr<Job>> jobs;
  std::vector<std::function<void()>> posted;
  const auto now = clock_.steady();
  const bool may_run_posted = running_.empty() || now >= posted_again_;
  {
    std::lock_guard lock(mutex_);
    jobs.swap(inbox_);
    if (may_run_posted) posted.swap(posted_);
  }
  for (auto& work : posted) work();
  if (!posted.empty()) {
    const auto end = clock_.steady();
    posted_again_ = end + (end - now);
  }
  for (auto& job : jobs) {
    auto running = std::make_unique<Running>();
    running->job = std::move(job);
    fairness_.arrive(running->job->user);
    waiting_.push_back(std::move(running));
  }
  return !jobs.empty() || !posted.empty();
}

void Scheduler::drop_cancelled() {
  std::set<std::uint64_t> ids;
  {
    std::lock_guard lock(mutex_);
    ids.swap(cancelled_);
  }
  if (ids.empty()) return;
  for (auto* list : {&running_, &waiting_})
    for (auto& running : *list)
      if (ids.contains(running->job->id)) running->finished = true;
  remove_finished();
}

std::vector<Running*> Scheduler::by_turn(List& list) {
  struct Turn {
    int priority;
    double paid;
    double tokens;
    Running* running;
  };
  std::vector<Turn> turns;
  for (auto& running : list) {
    const auto& job = *running->job;
    const double waited_ms = std::chrono::duration<double, std::milli>(clock_.steady() - job.submitted).count();
    const auto left = running->sequence ? running->pending.size() : job.prompt.size();
    turns.push_back({job.priority, fairness_.paid(job.user), double(left) - waited_ms * kAgingTokensPerMs, running.get()});
  }
  std::stable_sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    return std::tie(a.priority, a.paid, a.tokens) < std::tie(b.priority, b.paid, b.tokens);
  });
  std::vector<Running*> order;
  for (const auto& turn : turns) order.push_back(turn.running);
  return order;
}

bool Scheduler::fits(const Running& running) const {
  if (running_.empty()) return true;
  if (int(running_.size()) >= options_.parallel_max) return false;
  std::size_t reserved = running.reserved();
  for (const auto& other : running_) reserved += other->reserved();
  return reserved <= limits_.cells_max;
}

void Scheduler::admit() {
  for (auto* candidate : by_turn(waiting_)) {
    if (!fits(*candidate)) return;
    const auto& job = *candidate->job;
    const auto have = sequences_.best_match(job.prompt, job.user).count;
    if (sequences_.coming_match(job.prompt, job.user, have).source) continue;  // single flight
    if (!start(*candidate)) return;
    const auto place = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& entry) { return entry.get() == candidate; });
    running_.splice(running_.end(), waiting_, place);
  }
}

bool Scheduler::start(Running& running) {
  auto& job = *running.job;
  auto* sequence = free_sequence();
  if (!sequence) return false;
  sequence->busy = true;
  auto match = sequences_.best_match(job.prompt, job.user);  // after free_sequence, which may have evicted the best
  park_idle(match.source);
  if (match.count > 0 && !bring(*match.source, *sequence, match.count)) match = {};
  sequence->owner = job.user;
  sequence->shareable = job.shareable;
  sequence->target = job.prompt;
  sequence->tokens.assign(job.prompt.begin(), job.prompt.begin() + std::ptrdiff_t(match.count));
  running.sequence = sequence;
  running.cached = match.count;
  for (const auto& image : job.images)
    if (image.first < match.count) running.cached += image.cells - image.positions;
  job.answer->count_prompt(std::uint32_t(job.prompt_cells()), std::uint32_t(running.cached));
  running.pending.assign(job.prompt.begin() + std::ptrdiff_t(match.count), job.prompt.end());
  running.started = clock_.steady();
  if (job.constraint) running.mask = TokenMask(int(vocabulary_.pieces().size()));
  prepare_guesses(running);
  accept_forced(running);  // text that any answer begins with is computed with the prompt
  if (!running.finished) job.answer->flush();
  std::lock_guard lock(mutex_);
  stats_.prompt_tokens_cached += running.cached;
  return true;
}

void Scheduler::prepare_guesses(Running& running) {
  if (!may_guess(*running.job)) return;
  if (!running.job->constraint) {
    running.lookup = PromptLookup(kDraftMatchMax, kDraftMatchMin);
    running.pace = DraftPace(options_.draft_tokens_max);
    return;
  }
  running.lookup = PromptLookup(kDraftMatchMax, kDraftMatchMinConstrained);
  running.pace = DraftPace(options_.draft_tokens_max, kDraftRestConstrained);
  for (const auto& answer : earlier_.of(running.job->user)) running.lookup.add_reference(answer);
}

Sequence* Scheduler::free_sequence() {
  if (auto* sequence = sequences_.acquire()) return sequence;
  auto* oldest = sequences_.least_recent();
  if (!oldest) return nullptr;
  drop(*oldest);
  return sequences_.acquire();
}

void Scheduler::drop(Sequence& sequence) {
  context_.truncate(sequence.id, 0);
  sequences_.forget(sequence);
}

void Scheduler::finish(Running& running, std::string reason) {
  auto& job = *running.job;
  const auto now = clock_.steady();
  auto& done = job.done;
  done.reason = std::move(reason);
  if (done.reason == "length" && job.constraint) done.missing = job.constraint->what_is_missing();
  done.prompt_tokens = std::uint32_t(job.prompt_cells());
  done.cached_tokens = std::uint32_t(running.cached);
  done.answer_tokens = std::uint32_t(running.answer_tokens.size());
  done.queue_ns = elapsed_ns(job.submitted, running.started);
  done.prompt_ns = elapsed_ns(running.started, running.first_token);
  done.answer_ns = elapsed_ns(running.first_token, now);
  if (job.return_context) {
    done.context = without_images(job.prompt);
    done.context.insert(done.context.end(), running.answer_tokens.begin(), running.answer_tokens.end());
  }
  job.answer->finish(done);
  job.on_done(done);
  if (job.constraint) earlier_.add(job.user, std::move(running.answer_tokens));
  running.finished = true;
}

void Scheduler::fail(Running& running, const Error& error) {
  running.job->on_error(error);
  running.finished = true;
}

// What leaves keeps its cache as a prefix for others; what it makes superfluous goes.
void Scheduler::remove_finished() {
  const auto release = [&](Running& running) {
    fairness_.leave(running.job->user);
    auto* sequence = running.sequence;
    if (!sequence) return;
    sequence->busy = false;
    sequence->target.clear();
    sequences_.touch(*sequence);
    snapshot_pinned(*sequence);
    for (auto* covered : sequences_.covered_by(*sequence)) drop(*covered);
    if (sequence->tokens.empty()) drop(*sequence);
  };
  for (auto* list : {&running_, &waiting_}) {
    for (auto& running : *list)
      if (running->finished) release(*running);
    list->remove_if([](const auto& running) { return running->finished; });
  }
}

void Scheduler::restore_pinned() {
  if (options_.pinned.empty() || options_.pinned_file.empty()) return;
  while (limits_.cells <= options_.pinned.size() && limits_.cells < limits_.cells_max && grow()) {
  }
  auto* sequence = sequences_.acquire();
  if (!context_.restore(sequence->id, options_.pinned, options_.pinned_file)) {
    sequences_.forget(*sequence);
    return;
  }
  sequence->tokens = options_.pinned;
  sequence->shareable = options_.pinned.size();
  sequence->pinned = true;
  pinned_done_ = true;
}

void Scheduler::snapshot_pinned(const Sequence& source) {
  const auto count = options_.pinned.size();
  if (pinned_done_ || count == 0 || !limits_.can_roll_back) return;
  if (common_prefix(source.tokens, options_.pinned) < count) return;
  auto* sequence = sequences_.acquire();
  if (!sequence) return;
  pinned_done_ = true;
  context_.share(source.id, sequence->id, count);
  sequence->tokens = options_.pinned;
  sequence->shareable = count;
  sequence->pinned = true;
  if (!options_.pinned_file.empty()) context_.save(sequence->id, options_.pinned, options_.pinned_file);
}

}  // namespace fragua::engine
