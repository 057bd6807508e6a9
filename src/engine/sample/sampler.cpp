#include "engine/sample/sampler.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "base/error.h"

namespace fragua::engine {
namespace {

void check_finite(const SamplingOptions& options) {
  const std::pair<const char*, double> numbers[] = {
      {"temperature", options.temperature},
      {"top_p", options.top_p},
      {"min_p", options.min_p},
      {"typical_p", options.typical_p},
      {"repeat_penalty", options.repeat_penalty},
      {"presence_penalty", options.presence_penalty},
      {"frequency_penalty", options.frequency_penalty},
      {"xtc_probability", options.xtc_probability},
      {"xtc_threshold", options.xtc_threshold},
      {"dry_multiplier", options.dry_multiplier},
      {"dry_base", options.dry_base},
  };
  for (const auto& [name, value] : numbers)
    if (!std::isfinite(value)) throw Error(ErrorCode::invalid_argument, std::string(name) + " must be a finite number");
  if (options.repeat_penalty <= 0) throw Error(ErrorCode::invalid_argument, "repeat_penalty must be greater than 0");
}

std::vector<std::pair<Token, float>> read_bias(const SamplingOptions& options, int vocabulary_size) {
  std::vector<std::pair<Token, float>> bias;
  for (const auto& [key, value] : options.logit_bias) {
    Token token = -1;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), token);
    if (error != std::errc() || end != key.data() + key.size() || token < 0 || token >= vocabulary_size)
      throw Error(ErrorCode::invalid_argument, "logit_bias: \"" + key + "\" is not a token of this model");
    if (std::isnan(value)) throw Error(ErrorCode::invalid_argument, "logit_bias must be a number");
    if (value != 0) bias.emplace_back(token, float(value));
  }
  return bias;
}

// 53 random bits in [0, 1). Not the standard's distribution, whose algorithm differs between libraries.
double unit(std::uint64_t bits) { return double(bits >> 11) * 0x1.0p-53; }

// SplitMix64 (Steele, Lea and Flood 2014): neighbours in, unrelated bits out.
std::uint64_t mixed(std::uint64_t bits) {
  bits *= 0x9e3779b97f4a7c15;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

}  // namespace

Sampler::Sampler(const SamplingOptions& options, int vocabulary_size, std::vector<std::vector<Token>> dry_breakers)
    : options_(options),
      bias_(read_bias(options, vocabulary_size)),
      penalties_(options),
      dry_(options, std::move(dry_breakers)),
      random_(std::uint64_t(std::max<std::int64_t>(0, options.seed))) {
  check_finite(options);
}

void Sampler::accept(Token token) {
  penalties_.accept(token);
  dry_.accept(token);
}

void Sampler::accept(std::span<const Token> tokens) {
  for (Token token : tokens) accept(token);
}

Choice Sampler::sample(std::span<float> logits, const TokenMask* mask) {
  changes_.clear();
  for (const auto& [token, bias] : bias_) {
    float& logit = logits[std::size_t(token)];
    changes_.push_back({token, logit});
    logit += bias;
  }
  Choice choice;
  const std::size_t biased = changes_.size();
  penalties_.apply(logits, changes_);
  dry_.apply(logits, changes_);
  choice.token = choose(logits, mask);
  // Backwards, because a token may have been changed more than once.
  const auto put_back = [&](std::size_t from) {
    for (; changes_.size() > from; changes_.pop_back())
      logits[std::size_t(changes_.back().token)] = changes_.back().before;
  };
  put_back(biased);
  if (options_.logprobs) report(logits, choice);
  put_back(0);
  if (choice.token < 0) throw Error(ErrorCode::internal, "the grammar leaves no token to choose");
  return choice;
}

Token Sampler::choose(std::span<float> logits, const TokenMask* mask) {
  const bool greedy = options_.temperature <= 0;
  // These two may leave the likeliest token out.
  const bool plain = options_.typical_p >= 1 && options_.xtc_probability <= 0;
  if (greedy && plain) return best_token(logits, mask);

  top_candidates(logits, mask, options_.top_k, candidates_);
  if (candidates_.empty()) return -1;
  keep_typical(candidates_, options_.typical_p);
  keep_top_p(candidates_, options_.top_p);
  keep_min_p(candidates_, options_.min_p);
  if (options_.xtc_probability > 0 && options_.xtc_threshold <= 0.5 && candidates_.size() > 1 &&
      uniform() <= options_.xtc_probability)
    exclude_top_choices(candidates_, options_.xtc_threshold);
  if (!greedy) return draw();
  return std::min_element(candidates_.begin(), candidates_.end(),
                          [](const Candidate& a, const Candidate& b) {
                            return a.logit != b.logit ? a.logit > b.logit : a.token < b.token;
                          })
      ->token;
}

// An exponential race (the Gumbel-max trick; Maddison, Tarlow and Minka 2014, "A* Sampling"): each token arrives after a time of its own,
// sooner the likelier it is, and the first is drawn. A token's luck hangs on the seed and the token alone, so that logits which differ in
// their last digits, as those of another batch do, seldom change what a seed draws. Along one cumulative sum they would move every token.
Token Sampler::draw() {
  set_probabilities(candidates_, options_.temperature);
  const auto salt = random_();
  Token first = candidates_.front().token;
  double earliest = std::numeric_limits<double>::infinity();
  for (const auto& candidate : candidates_) {
    const double luck = unit(mixed(salt + std::uint64_t(candidate.token)));
    if (1 - luck >= earliest * candidate.probability) continue;  // -log(x) >= 1 - x: too late without looking closer
    const double arrival = -std::log(luck) / candidate.probability;
    if (arrival >= earliest) continue;
    earliest = arrival;
    first = candidate.token;
  }
  return first;
}

double Sampler::uniform() { return unit(random_()); }

void Sampler::report(std::span<const float> logits, Choice& choice) const {
  const double total = log_sum_exp(logits);
  if (choice.token >= 0) choice.logprob = double(logits[std::size_t(choice.token)]) - total;
  if (options_.top_logprobs <= 0) return;
  std::vector<Candidate> best;
  top_candidates(logits, nullptr, options_.top_logprobs, best);
  for (const auto& candidate : best) choice.top.push_back({candidate.token, double(candidate.logit) - total});
}

}  // namespace fragua::engine
