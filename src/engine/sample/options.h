// SamplingOptions: how the next token is chosen, under the names that Ollama and llama.cpp use.
// Callers: engine/protocol carries it, api/ fills it, Sampler obeys it. Threads: plain data.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fragua::engine {

struct SamplingOptions {
  std::int64_t seed = -1;  // -1: the caller puts a random one in its place before it makes a Sampler
  double temperature = 0.8;
  int top_k = 40;          // <= 0: off
  double top_p = 0.9;      // 1: off
  double min_p = 0;        // 0: off
  double typical_p = 1;    // 1: off
  int repeat_last_n = 64;  // tokens that the penalties look back; -1: all, 0: off
  double repeat_penalty = 1;
  double presence_penalty = 0;
  double frequency_penalty = 0;
  double xtc_probability = 0;
  double xtc_threshold = 0.1;  // over 0.5: off
  double dry_multiplier = 0;   // 0: off
  double dry_base = 1.75;
  int dry_allowed_length = 2;
  int dry_penalty_last_n = -1;  // -1: all
  std::vector<std::string> dry_sequence_breakers = {"\n", ":", "\"", "*"};
  std::map<std::string, double> logit_bias;  // token number as text, as OpenAI sends it
  bool logprobs = false;
  int top_logprobs = 0;  // with logprobs: how many of the likeliest tokens to report
};

template <class V>
void describe(V& field, SamplingOptions& options) {
  field.optional("seed", options.seed, "same seed, same text; -1 for a random one");
  field.optional("temperature", options.temperature, "0 always takes the likeliest token");
  field.optional("top_k", options.top_k, "only the k likeliest tokens");
  field.optional("top_p", options.top_p, "only the likeliest tokens that together have this probability");
  field.optional("min_p", options.min_p, "only tokens this probable relative to the likeliest");
  field.optional("typical_p", options.typical_p, "only tokens about as surprising as expected");
  field.optional("repeat_last_n", options.repeat_last_n, "how many tokens back the penalties look");
  field.optional("repeat_penalty", options.repeat_penalty, "over 1 makes repeated tokens less likely");
  field.optional("presence_penalty", options.presence_penalty, "subtracted once from tokens that have occurred");
  field.optional("frequency_penalty", options.frequency_penalty, "subtracted for each time a token has occurred");
  field.optional("xtc_probability", options.xtc_probability, "how often the likeliest tokens are left out");
  field.optional("xtc_threshold", options.xtc_threshold, "the probability from which XTC may leave a token out");
  field.optional("dry_multiplier", options.dry_multiplier, "strength of the penalty on repeated sequences");
  field.optional("dry_base", options.dry_base, "how fast that penalty grows with the sequence's length");
  field.optional("dry_allowed_length", options.dry_allowed_length, "sequences up to this length may repeat");
  field.optional("dry_penalty_last_n", options.dry_penalty_last_n, "how many tokens back DRY looks");
  field.optional("dry_sequence_breakers", options.dry_sequence_breakers, "texts that end a repeated sequence");
  field.optional("logit_bias", options.logit_bias, "added to the logits of these tokens");
  field.optional("logprobs", options.logprobs, "report the logarithm of each token's probability");
  field.optional("top_logprobs", options.top_logprobs, "and of this many of the likeliest");
}

}  // namespace fragua::engine
