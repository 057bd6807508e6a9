#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/sample/candidates.h"

namespace fragua::engine {
namespace {

bool is_better(const Candidate& a, const Candidate& b) {
  return a.logit != b.logit ? a.logit > b.logit : a.token < b.token;
}

void sort_best_first(std::vector<Candidate>& candidates) {
  if (!std::is_sorted(candidates.begin(), candidates.end(), is_better))
    std::sort(candidates.begin(), candidates.end(), is_better);
}

// The best ones first until they hold `top_p` together; returns how many. Sorts only as far as it must.
std::size_t sort_until(std::vector<Candidate>& candidates, double top_p) {
  double sum = 0;
  std::size_t sorted = 0;
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    if (at == sorted) {
      sorted = std::min(candidates.size(), sorted == 0 ? std::size_t(256) : sorted * 8);
      const auto first = candidates.begin() + std::ptrdiff_t(at);
      const auto last = candidates.begin() + std::ptrdiff_t(sorted);
      if (last != candidates.end()) std::nth_element(first, last, candidates.end(), is_better);
      std::sort(first, last, is_better);
    }
    sum += candidates[at].probability;
    if (sum >= top_p) return at + 1;
  }
  return candidates.size();
}

}  // namespace

double log_sum_exp(std::span<const float> logits) {
  float most = -INFINITY;
  for (float logit : logits) most = logit > most ? logit : most;
  double sum = 0;
  for (float logit : logits) sum += std::exp(logit - most);
  return double(most) + std::log(sum);
}

void set_probabilities(std::vector<Candidate>& candidates, double temperature) {
  float most = -INFINITY;
  for (const auto& candidate : candidates) most = std::max(most, candidate.logit);
  double sum = 0;
  for (auto& candidate : candidates) {
    candidate.probability = std::exp((double(candidate.logit) - most) / temperature);
    sum += candidate.probability;
  }
  for (auto& candidate : candidates) candidate.probability /= sum;
}

void keep_typical(std::vector<Candidate>& candidates, double typical_p) {
  if (typical_p >= 1 || candidates.empty()) return;
  sort_best_first(candidates);
  set_probabilities(candidates);
  double entropy = 0;
  for (const auto& candidate : candidates)
    if (candidate.probability > 0) entropy -= candidate.probability * std::log(candidate.probability);
  const auto distance = [entropy](const Candidate& candidate) {
    return std::abs(-std::log(candidate.probability) - entropy);
  };
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Candidate& a, const Candidate& b) { return distance(a) < distance(b); });
  double sum = 0;
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    sum += candidates[at].probability;
    if (sum > typical_p) {
      candidates.resize(at + 1);
      return;
    }
  }
}

void keep_top_p(std::vector<Candidate>& candidates, double top_p) {
  if (top_p >= 1 || candidates.empty()) return;
  set_probabilities(candidates);
  // Those under the limit cannot hold more than 1 - top_p all together, so the ones that are wanted are among the rest.
  const double negligible = (1 - std::max(top_p, 0.0)) / (2 * double(candidates.size()));  // half, for rounding
  std::erase_if(candidates, [negligible](const Candidate& candidate) { return candidate.probability < negligible; });
  candidates.resize(sort_until(candidates, top_p));
}

void keep_min_p(std::vector<Candidate>& candidates, double min_p) {
  if (min_p <= 0 || candidates.empty()) return;
  float most = -INFINITY;
  for (const auto& candidate : candidates) most = std::max(most, candidate.logit);
  // Over 1 it would leave nothing; the likeliest always stays.
  const double least = double(most) + std::min(0.0, std::log(min_p));
  std::erase_if(candidates, [least](const Candidate& candidate) { return candidate.logit < least; });
}

void exclude_top_choices(std::vector<Candidate>& candidates, double threshold) {
  if (threshold > 0.5 || candidates.size() < 2) return;
  sort_best_first(candidates);
  set_probabilities(candidates);
  std::size_t over = 0;
  while (over < candidates.size() && candidates[over].probability >= threshold) ++over;
  if (over > 1) candidates.erase(candidates.begin(), candidates.begin() + std::ptrdiff_t(over) - 1);
}

}  // namespace fragua::engine
