// Running: a job on its way through the scheduler: what it holds in the cache and which tokens it wants computed next.
// Callers: scheduler only. Threads: the compute thread's.
#pragma once
#include <chrono>
#include <memory>
#include <vector>

#include "engine/draft.h"
#include "engine/draft_pace.h"
#include "engine/image_tokens.h"
#include "engine/job.h"
#include "engine/sequences.h"

namespace fragua::engine {

struct Running {
  std::unique_ptr<Job> job;
  Sequence* sequence = nullptr;              // null while it waits
  std::vector<Token> pending;                // certain tokens the cache does not hold yet
  std::vector<Token> guesses;                // what may follow them, to be verified in the same step
  std::vector<Token> answer_tokens;
  bool decoding = false;                     // its prompt is computed
  bool finished = false;
  std::size_t cached = 0;
  TokenMask mask{0};                         // sized when there is a constraint
  PromptLookup lookup;
  std::size_t looked_up = 0;                 // tokens of prompt and answer that the lookup knows
  DraftPace pace{0};
  bool guessed_values = false;               // the guesses are ValueGuess's, not the lookup's
  std::chrono::steady_clock::time_point started;
  std::chrono::steady_clock::time_point first_token;

  void feed_lookup() {
    const auto& prompt = job->prompt;
    for (; looked_up < prompt.size() + answer_tokens.size(); ++looked_up) {
      const Token token = looked_up < prompt.size() ? prompt[looked_up] : answer_tokens[looked_up - prompt.size()];
      if (!is_image(token)) lookup.append(token);
    }
  }
  // Tokens computed for it in the next step if nothing limits them.
  std::size_t wanted() const { return pending.size() + guesses.size(); }
  // Cells it may come to need.
  std::size_t reserved() const { return std::min(job->prompt_cells() + job->answer_max, job->tokens_max); }
};

// A running request's part of a step.
struct Share {
  Running* running = nullptr;
  std::size_t certain = 0;                   // of its pending tokens
  std::size_t guessed = 0;
  std::size_t first_row = 0;                 // in the batch
  bool ends_prompt_or_decodes() const { return certain == running->pending.size(); }
};

}  // namespace fragua::engine
