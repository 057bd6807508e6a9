// Job: one prepared request for the scheduler: tokens in, a sampler, a constraint, an answer to feed, and who to tell at the end.
// Callers: preparer makes it, scheduler runs it. Threads: handed over once; then the compute thread's.
// Exactly one of on_done and on_error is called, on the compute thread, unless the job was cancelled (then neither).
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "engine/answer.h"
#include "engine/constrain/lazy_constraint.h"
#include "engine/constrain/value_guess.h"
#include "engine/model.h"
#include "engine/sample/sampler.h"

namespace fragua::engine {

struct Job {
  std::uint64_t id = 0;
  std::string user;
  int priority = 0;                    // smaller goes first
  int threads = 0;                     // enough for it; 0: as the engine has
  std::vector<Token> prompt;           // ends with text
  std::vector<ImagePart> images;       // of the prompt, in its order
  std::size_t shareable = 0;           // leading tokens that are the model's own
  std::size_t image_extra = 0;         // cells that its images take beyond their positions
  std::size_t tokens_max = 4096;       // prompt and answer
  std::size_t answer_max = 4096;
  bool ignore_stop_token = false;
  bool return_context = false;
  bool reproducible = false;           // by its seed: computed in batches that do not depend on the cache or on guesses
  std::unique_ptr<Sampler> sampler;
  std::unique_ptr<LazyConstraint> constraint;
  ValueGuess values;                   // for the constraint's fields
  std::unique_ptr<Answer> answer;
  Done done;                           // what preparation already knows
  std::chrono::steady_clock::time_point submitted;
  std::function<void(const Done&)> on_done;
  std::function<void(const Error&)> on_error;

  std::size_t prompt_cells() const { return prompt.size() + image_extra; }
};

}  // namespace fragua::engine
