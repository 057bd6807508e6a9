// Sampler: chooses the next token of one sequence from raw logits, in llama.cpp's order of stages: penalties, DRY,
// top-k, typical, top-p, min-p, XTC, temperature, draw. The same seed and options give the same choices on every
// machine. Callers: scheduler, one Sampler a sequence. Threads: one at a time; different Samplers in parallel. Never
// copies the vocabulary when a top-k is set or the choice is greedy; leaves the logits as it found them.
#pragma once
#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "engine/sample/candidates.h"
#include "engine/sample/dry.h"
#include "engine/sample/options.h"
#include "engine/sample/penalties.h"
#include "engine/sample/token_mask.h"
#include "engine/token.h"

namespace fragua::engine {

struct RankedToken {
  Token token = 0;
  double logprob = 0;
};

struct Choice {
  Token token = 0;
  double logprob = 0;            // of the model's own distribution (after logit_bias, before mask and filters)
  std::vector<RankedToken> top;  // the likeliest first, options.top_logprobs of them
};

class Sampler {
 public:
  // `dry_breakers`: token sequences of options.dry_sequence_breakers (dry.h finds them). A negative seed counts as 0.
  // Error(invalid_argument): a number that is not finite, or a logit_bias for no token of the vocabulary.
  Sampler(const SamplingOptions& options, int vocabulary_size, std::vector<std::vector<Token>> dry_breakers = {});

  // What the penalties see: every token of the sequence in order, the prompt's too.
  void accept(Token token);
  void accept(std::span<const Token> tokens);

  // `mask` null: every token may come. Error(internal) when the mask allows none.
  Choice sample(std::span<float> logits, const TokenMask* mask);

 private:
  Token choose(std::span<float> logits, const TokenMask* mask);
  Token draw();
  double uniform();
  void report(std::span<const float> logits, Choice& choice) const;

  SamplingOptions options_;
  std::vector<std::pair<Token, float>> bias_;
  Penalties penalties_;
  Dry dry_;
  std::mt19937_64 random_;
  std::vector<Candidate> candidates_;
  std::vector<LogitChange> changes_;
};

}  // namespace fragua::engine
