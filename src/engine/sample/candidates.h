// Candidates: finding the best tokens of a row of logits, and the filters that thin them out. All in llama.cpp's
// meaning, but ties go to the lower token, so that results do not depend on a sort's whim. Callers: Sampler. Threads:
// any, on their own data. Never allocates once the caller's buffer has grown.
#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "engine/sample/token_mask.h"
#include "engine/token.h"

namespace fragua::engine {

struct Candidate {
  Token token = 0;
  float logit = 0;
  double probability = 0;  // set by the filters that need it
};

// A logit that was changed for one choice, to be put back after it.
struct LogitChange {
  Token token = 0;
  float before = 0;
};

// The likeliest allowed token, the first of equals; -1 when none is allowed.
Token best_token(std::span<const float> logits, const TokenMask* mask);
// The `count` likeliest allowed tokens, best first; all allowed ones, unsorted, when count <= 0.
void top_candidates(std::span<const float> logits, const TokenMask* mask, int count, std::vector<Candidate>& out);
// log(sum(exp(logits))), what a logit minus which is its log-probability.
double log_sum_exp(std::span<const float> logits);

void keep_typical(std::vector<Candidate>& candidates, double typical_p);
void keep_top_p(std::vector<Candidate>& candidates, double top_p);
void keep_min_p(std::vector<Candidate>& candidates, double min_p);
// Leaves out all but the least likely of those at or over the threshold.
void exclude_top_choices(std::vector<Candidate>& candidates, double threshold);
// Softmax into `probability`.
void set_probabilities(std::vector<Candidate>& candidates, double temperature = 1);

}  // namespace fragua::engine
