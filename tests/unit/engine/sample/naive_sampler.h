// The sampler's stages written as plainly as possible, over the whole vocabulary: what the fast one is compared with.
// Callers: sampler_test. Threads: any.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <vector>

#include "engine/sample/options.h"
#include "engine/sample/token_mask.h"

namespace fragua::engine::naive {

struct Item {
  Token token;
  double logit;
  double p = 0;
};

inline void softmax(std::vector<Item>& items, double temperature = 1) {
  double most = -std::numeric_limits<double>::infinity(), sum = 0;
  for (auto& item : items) most = std::max(most, item.logit);
  for (auto& item : items) sum += item.p = std::exp((item.logit - most) / temperature);
  for (auto& item : items) item.p /= sum;
}

inline void sort_best_first(std::vector<Item>& items) {
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.logit > b.logit; });
}

inline void typical(std::vector<Item>& items, double limit) {
  if (limit >= 1) return;
  softmax(items);
  double entropy = 0;
  for (auto& item : items) entropy -= item.p * std::log(item.p);
  std::stable_sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
    return std::abs(-std::log(a.p) - entropy) < std::abs(-std::log(b.p) - entropy);
  });
  double sum = 0;
  std::size_t keep = 0;
  while (keep < items.size() && sum <= limit) sum += items[keep++].p;
  items.resize(keep);
}

inline void top_p(std::vector<Item>& items, double limit) {
  if (limit >= 1) return;
  sort_best_first(items);
  softmax(items);
  double sum = 0;
  std::size_t keep = 0;
  while (keep < items.size() && (keep == 0 || sum < limit)) sum += items[keep++].p;
  items.resize(keep);
}

inline void min_p(std::vector<Item>& items, double limit) {
  if (limit <= 0) return;
  softmax(items);
  double most = 0;
  for (auto& item : items) most = std::max(most, item.p);
  std::erase_if(items, [&](const Item& item) { return item.p < std::min(1.0, limit) * most; });
}

inline void xtc(std::vector<Item>& items, double threshold) {
  sort_best_first(items);
  softmax(items);
  std::size_t over = 0;
  while (over < items.size() && items[over].p >= threshold) ++over;
  if (over > 1) items.erase(items.begin(), items.begin() + long(over) - 1);
}

inline void penalties(std::vector<double>& logits, const SamplingOptions& options, std::span<const Token> history) {
  std::size_t window = options.repeat_last_n < 0 ? history.size() : std::size_t(options.repeat_last_n);
  window = std::min(window, history.size());
  std::map<Token, int> counts;
  for (std::size_t at = history.size() - window; at < history.size(); ++at) ++counts[history[at]];
  for (auto [token, count] : counts) {
    double& logit = logits[std::size_t(token)];
    logit = logit <= 0 ? logit * options.repeat_penalty : logit / options.repeat_penalty;
    logit -= count * options.frequency_penalty + options.presence_penalty;
  }
}

// For each earlier place, how long the end of the history repeats there, not over a single-token breaker.
inline void dry(std::vector<double>& logits, const SamplingOptions& options, std::span<const Token> history,
                const std::vector<Token>& breakers) {
  std::map<Token, int> longest;
  const int size = int(history.size());
  for (int end = size - 2; end >= 0; --end) {
    int length = 0;
    while (length <= end && history[std::size_t(size - 1 - length)] == history[std::size_t(end - length)] &&
           std::find(breakers.begin(), breakers.end(), history[std::size_t(size - 1 - length)]) == breakers.end())
      ++length;
    if (length >= options.dry_allowed_length) {
      int& longest_here = longest[history[std::size_t(end + 1)]];
      longest_here = std::max(longest_here, length);
    }
  }
  for (auto [token, length] : longest)
    if (std::find(breakers.begin(), breakers.end(), token) == breakers.end())
      logits[std::size_t(token)] -=
          options.dry_multiplier * std::pow(options.dry_base, length - options.dry_allowed_length);
}

// Every token's probability of being chosen. XTC, when on, is taken to happen.
inline std::map<Token, double> distribution(std::span<const float> raw, const TokenMask* mask,
                                            const SamplingOptions& options, std::span<const Token> history,
                                            const std::vector<Token>& breakers) {
  std::vector<double> logits(raw.begin(), raw.end());
  for (const auto& [token, bias] : options.logit_bias) logits[std::size_t(std::stoi(token))] += bias;
  penalties(logits, options, history);
  if (options.dry_multiplier != 0) dry(logits, options, history, breakers);
  std::vector<Item> items;
  for (std::size_t token = 0; token < logits.size(); ++token)
    if (!mask || mask->allows(Token(token))) items.push_back({Token(token), logits[token]});
  sort_best_first(items);
  if (options.top_k > 0 && std::size_t(options.top_k) < items.size()) items.resize(std::size_t(options.top_k));
  typical(items, options.typical_p);
  top_p(items, options.top_p);
  min_p(items, options.min_p);
  if (options.xtc_probability > 0 && items.size() > 1) xtc(items, options.xtc_threshold);
  std::map<Token, double> result;
  if (options.temperature <= 0) {
    sort_best_first(items);
    result[items[0].token] = 1;
    return result;
  }
  softmax(items, options.temperature);
  for (auto& item : items) result[item.token] = item.p;
  return result;
}

}  // namespace fragua::engine::naive
