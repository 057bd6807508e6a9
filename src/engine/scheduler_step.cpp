#include <algorithm>

#include "engine/image_tokens.h"
#include "engine/scheduler.h"

namespace fragua::engine {

// Running answers first, whole; then prompts in turn, as far as the budget goes.
std::vector<Share> Scheduler::plan() {
  std::vector<Share> shares;
  std::size_t decoding_tokens = 0;
  for (auto& running : running_) {
    if (!running->decoding || running->finished) continue;
    decoding_tokens += running->wanted();
    add_share(shares, *running, running->wanted());
  }
  const bool prompts_wait = std::any_of(running_.begin(), running_.end(), [](const auto& r) { return !r->decoding; });
  if (!prompts_wait) return shares;
  auto budget = budget_.prompt_tokens(decoding_tokens);
  for (auto* running : by_turn(running_)) {
    if (running->decoding || running->finished || budget == 0) continue;
    auto count = std::min(budget, text_length(running->pending));  // an image has a step of its own
    // The answer begins from the last token alone, as it will when the rest is cached.
    if (running->job->reproducible && count > 1 && count == running->pending.size()) --count;
    if (count == 0) continue;
    add_share(shares, *running, count);
    budget -= count;
  }
  return shares;
}

void Scheduler::add_share(std::vector<Share>& shares, Running& running, std::size_t tokens) {
  const auto certain = std::min(tokens, running.pending.size());
  shares.push_back({&running, certain, tokens - certain, 0});
}

void Scheduler::fill_batch(std::vector<Share>& shares) {
  batch_.clear();
  for (auto& share : shares) {
    share.first_row = batch_.size();
    const auto& running = *share.running;
    auto position = std::int32_t(running.sequence->tokens.size());
    for (std::size_t i = 0; i < share.certain + share.guessed; ++i) {
      const bool certain = i < share.certain;
      const Token token = certain ? running.pending[i] : running.guesses[i - share.certain];
      const bool wants_logits = share.ends_prompt_or_decodes() && i + 1 >= share.certain;
      batch_.push_back({token, position++, running.sequence->id, wants_logits});
    }
  }
}

// Who asks for few threads must not slow down those who compute in the same step.
int Scheduler::threads_for(const std::vector<Share>& shares) {
  int most = 0;
  for (const auto& share : shares) {
    const int wanted = share.running->job->threads;
    if (wanted <= 0) return 0;
    most = std::max(most, wanted);
  }
  return most;
}

bool Scheduler::compute(const std::vector<Share>& shares) {
  {
    std::lock_guard lock(mutex_);
    for (const auto& share : shares)
      if (cancelled_.contains(share.running->job->id)) return false;
    in_step_.clear();
    // Losing one decoded token of many costs less than computing the step again.
    for (const auto& share : shares)
      if (shares.size() == 1 || share.certain > 1) in_step_.insert(share.running->job->id);
    abort_ = stopping_;
  }
  context_.set_threads(threads_for(shares));
  auto result = context_.decode(batch_);
  while (result == StepResult::no_space && make_room()) result = context_.decode(batch_);
  std::lock_guard lock(mutex_);
  in_step_.clear();
  ++stats_.steps;
  if (result == StepResult::done) return true;
  undo(shares);
  if (result == StepResult::aborted) ++stats_.aborted_steps;
  return false;
}

void Scheduler::undo(const std::vector<Share>& shares) {
  for (const auto& share : shares) {
    auto& sequence = *share.running->sequence;
    if (context_.truncate(sequence.id, sequence.tokens.size())) continue;
    context_.truncate(sequence.id, 0);
    auto& pending = share.running->pending;
    pending.insert(pending.begin(), sequence.tokens.begin(), sequence.tokens.end());
    sequence.tokens.clear();
  }
}

// Grow while it is comfortable, then park the prefix that was used longest ago, then grow to the limit. With nothing left,
// the youngest request gives way.
bool Scheduler::make_room() {
  if (limits_.cells < limits_.cells_comfortable && grow()) return true;
  if (auto* oldest = sequences_.least_recent_cached()) {
    park_or_drop(*oldest);
    return true;
  }
  if (limits_.cells < limits_.cells_max && grow()) return true;
  const auto youngest = std::find_if(running_.rbegin(), running_.rend(), [](const auto& r) { return !r->finished; });
  if (youngest != running_.rend())
    fail(**youngest, Error(ErrorCode::overloaded, "no memory is left for this request's context; try again, or with a smaller num_ctx"));
  return false;
}

bool Scheduler::grow() {
  std::vector<const Sequence*> order;
  for (const auto& sequence : sequences_.all())
    if (sequence.used && !sequence.is_parked()) order.push_back(&sequence);
  std::sort(order.begin(), order.end(), [](const Sequence* a, const Sequence* b) {
    return std::tuple(a->busy, a->pinned, a->last_used) > std::tuple(b->busy, b->pinned, b->last_used);
  });
  std::vector<int> keep;
  for (const auto* sequence : order) keep.push_back(sequence->id);
  const auto before = limits_.cells;
  const auto kept = context_.grow(std::min(limits_.cells * 2, limits_.cells_max), keep);
  for (auto& sequence : sequences_.all()) {
    if (!sequence.used || sequence.is_parked() || std::find(kept.begin(), kept.end(), sequence.id) != kept.end()) continue;
    CHECK_THAT(!sequence.busy);
    sequences_.forget(sequence);
  }
  if (limits_.cells > before && options_.on_grown) options_.on_grown();
  return limits_.cells > before;
}

void Scheduler::settle(const std::vector<Share>& shares, double step_ms) {
  std::size_t prompt_tokens = 0, answer_tokens = 0;
  for (const auto& share : shares) {
    auto& running = *share.running;
    auto& tokens = running.sequence->tokens;
    tokens.insert(tokens.end(), running.pending.begin(), running.pending.begin() + std::ptrdiff_t(share.certain));
    (running.decoding ? answer_tokens : prompt_tokens) += share.certain + share.guessed;
    fairness_.pay(running.job->user, double(share.certain) * (running.decoding ? Fairness::kAnswerWeight : Fairness::kPromptWeight));
  }
  budget_.learn(answer_tokens, prompt_tokens, step_ms);
  {
    std::lock_guard lock(mutex_);
    stats_.prompt_tokens_computed += prompt_tokens;
  }
  for (const auto& share : shares) {
    if (share.ends_prompt_or_decodes()) {
      advance(*share.running, share);
    } else {
      auto& pending = share.running->pending;
      pending.erase(pending.begin(), pending.begin() + std::ptrdiff_t(share.certain));
    }
  }
}

// Samples after the certain tokens and, as long as the guesses prove right, after each of them.
void Scheduler::advance(Running& running, const Share& share) {
  if (!running.decoding) {
    running.decoding = true;
    running.first_token = clock_.steady();
  }
  const auto guesses = std::exchange(running.guesses, {});
  running.pending.clear();
  auto& tokens = running.sequence->tokens;
  ++running.job->done.steps;
  std::size_t right = 0;
  for (auto row = share.first_row + share.certain - 1; !running.finished; ++row) {
    const Choice choice = choose(running, row);
    if (vocabulary_.is_end(choice.token) && end_thinking(running)) break;
    if (!accept(running, choice.token, &choice)) break;
    if (right == guesses.size() || guesses[right] != choice.token) {
      running.pending.push_back(choice.token);
      break;
    }
    tokens.push_back(choice.token);  // the cache holds it already
    ++right;
  }
  if (!running.guessed_values) running.pace.learn(guesses.size(), right);
  if (right < guesses.size()) context_.truncate(running.sequence->id, tokens.size());
  if (!running.finished) accept_forced(running);
  if (!running.finished) guess(running);
  if (!running.finished) running.job->answer->flush();
}

Choice Scheduler::choose(Running& running, std::size_t row) {
  const bool masked = running.job->constraint && running.job->constraint->fill_mask(running.mask);
  return running.job->sampler->sample(context_.logits(row), masked ? &running.mask : nullptr);
}

// False when the token ended the answer.
bool Scheduler::accept(Running& running, Token token, const Choice* choice) {
  auto& job = *running.job;
  if (vocabulary_.is_end(token) && !job.ignore_stop_token) {
    finish(running, "stop");
    return false;
  }
  job.sampler->accept(token);
  if (job.constraint && !job.constraint->accept(token, vocabulary_.pieces()[std::size_t(token)])) {
    fail(running, Error(ErrorCode::internal, "a token that the grammar does not allow was chosen"));
    return false;
  }
  running.answer_tokens.push_back(token);
  const bool stopped = job.answer->add(token, choice);
  {
    std::lock_guard lock(mutex_);
    ++stats_.answer_tokens;
  }
  const bool complete = job.constraint && job.constraint->is_finished();
  if (stopped || complete) {
    finish(running, "stop");
    return false;
  }
  const auto length = running.answer_tokens.size();
  if (length >= job.answer_max || job.prompt_cells() + length >= job.tokens_max) {
    finish(running, "length");
    return false;
  }
  return true;
}

// A model that wants to end its answer before its thinking is closed would leave without what the constraint asks for: its end is
// taken for the end of the thinking, whose sign joins the next step. False when there is no constraint to wait for.
bool Scheduler::end_thinking(Running& running) {
  const auto& constraint = running.job->constraint;
  if (!constraint || constraint->is_active()) return false;
  const auto sign = vocabulary_.tokenize(constraint->awaited_text(), false, true);
  for (const auto token : sign) {
    if (!accept(running, token, nullptr)) return true;
    running.pending.push_back(token);
  }
  return !sign.empty();
}

// Text that the grammar forces joins the next step instead of being decoded token by token (jump-forward). The last forced
// token is held back, because what follows may merge with it: so the tokens stay those that the model would have chosen.
void Scheduler::accept_forced(Running& running) {
  if (!running.job->constraint) return;
  const auto text = running.job->constraint->forced_text();
  if (text.empty()) return;
  auto forced = vocabulary_.tokenize(text, false, false);
  for (std::size_t i = 0; i + 1 < forced.size(); ++i) {
    if (!accept(running, forced[i], nullptr)) return;
    running.pending.push_back(forced[i]);
  }
}

// What may come next: values that the question names, under a grammar; else what came after the same tokens before.
void Scheduler::guess(Running& running) {
  const auto decoding = std::size_t(std::count_if(running_.begin(), running_.end(), [](const auto& r) { return r->decoding; }));
  const auto& job = *running.job;
  if (!may_guess(job) || decoding > kDraftAnswersMax) return;
  const auto room = std::min(options_.draft_tokens_max, job.answer_max - running.answer_tokens.size());
  running.guesses = guessed_values(running, room);
  running.guessed_values = !running.guesses.empty();
  if (running.guessed_values) return;
  const auto length = std::min(running.pace.next_length(), room);
  if (length == 0) return;
  running.feed_lookup();
  running.guesses = allowed_part(running, running.lookup.draft(int(length)));
}

std::vector<Token> Scheduler::guessed_values(Running& running, std::size_t room) {
  const auto& constraint = running.job->constraint;
  auto* state = constraint ? constraint->active_state() : nullptr;
  if (!state) return {};
  const auto text = running.job->values.next_text(*state);
  if (text.empty()) return {};
  auto tokens = vocabulary_.tokenize(text, false, false);
  tokens.resize(std::min(tokens.size() - 1, room));  // what follows may merge with the last one
  return allowed_part(running, std::move(tokens));
}

// As many of the tokens as the constraint takes.
std::vector<Token> Scheduler::allowed_part(Running& running, std::vector<Token> tokens) {
  if (!running.job->constraint) return tokens;
  auto& constraint = *running.job->constraint;
  int allowed = 0;
  for (const auto token : tokens) {
    if (vocabulary_.is_end(token) || !constraint.accept(token, vocabulary_.pieces()[std::size_t(token)])) break;
    ++allowed;
  }
  constraint.rollback(allowed);
  tokens.resize(std::size_t(allowed));
  return tokens;
}

}  // namespace fragua::engine
