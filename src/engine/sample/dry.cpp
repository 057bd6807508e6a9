#include "engine/sample/dry.h"

#include <algorithm>
#include <cmath>

namespace fragua::engine {
namespace {

constexpr std::size_t kBreakerTextMax = 40;
constexpr std::size_t kBreakerTokensMax = 20;
constexpr double kFloatMaxLog = 88.7228391;  // keeps the penalty a finite float

}  // namespace

Dry::Dry(const SamplingOptions& options, std::vector<std::vector<Token>> breakers)
    : is_on_(options.dry_multiplier != 0 && options.dry_base >= 1 && options.dry_penalty_last_n != 0),
      window_(std::size_t(options.dry_penalty_last_n < 0 ? kWindowMax : options.dry_penalty_last_n)),
      allowed_(std::size_t(std::max(0, options.dry_allowed_length))),
      multiplier_(options.dry_multiplier),
      base_(options.dry_base) {
  for (auto& breaker : breakers)
    if (!breaker.empty()) breakers_.emplace(breaker[0], std::vector<Token>(breaker.begin() + 1, breaker.end()));
}

void Dry::accept(Token token) {
  if (!is_on_) return;
  recent_.push_back(token);
  if (recent_.size() > window_) recent_.pop_front();
}

// Tokens of the longest breaker that begins `steps` back, 0 when none does.
std::size_t Dry::longest_breaker_at(std::size_t steps) const {
  std::size_t longest = 0;
  const auto [first, last] = breakers_.equal_range(back(steps));
  for (auto it = first; it != last; ++it) {
    const auto& rest = it->second;
    if (rest.size() > steps || rest.size() + 1 <= longest) continue;
    bool matches = true;
    for (std::size_t at = 0; at < rest.size() && matches; ++at) matches = rest[at] == back(steps - at - 1);
    if (matches) longest = rest.size() + 1;
  }
  return longest;
}

// How long a repeat can be before it would reach over a breaker.
std::size_t Dry::repeat_limit() const {
  for (std::size_t steps = 0; steps < recent_.size(); ++steps) {
    const std::size_t longest = longest_breaker_at(steps);
    if (longest > 0) return steps + 1 - longest;
  }
  return recent_.size();
}

// repeats_[k]: how many of the last tokens also end k back (the Z-algorithm, read backwards).
void Dry::count_repeats(std::size_t limit) {
  const std::size_t size = recent_.size();
  repeats_.assign(size, 0);
  std::size_t left = 0, right = 0;  // the repeat that reaches furthest back is [left, right)
  for (std::size_t k = 1; k < size; ++k) {
    std::size_t length = k < right ? std::min(right - k, repeats_[k - left]) : 0;
    while (k + length < size && back(length) == back(k + length)) ++length;
    if (k + length > right) {
      left = k;
      right = k + length;
    }
    repeats_[k] = length;
  }
  for (auto& length : repeats_) length = std::min(length, limit);
}

bool Dry::is_single_breaker(Token token) const {
  const auto [first, last] = breakers_.equal_range(token);
  return std::any_of(first, last, [](const auto& breaker) { return breaker.second.empty(); });
}

void Dry::apply(std::span<float> logits, std::vector<LogitChange>& changes) {
  if (!is_on_ || recent_.size() <= allowed_) return;
  const std::size_t limit = repeat_limit();
  if (limit < allowed_) return;
  count_repeats(limit);
  std::unordered_map<Token, std::size_t> longest;  // by the token that would go on with a repeat
  for (std::size_t k = 1; k < recent_.size(); ++k) {
    if (repeats_[k] < allowed_) continue;
    std::size_t& length = longest[back(k - 1)];
    length = std::max(length, repeats_[k]);
  }
  const double exponent_max = base_ > 1.000001 ? std::floor(kFloatMaxLog / std::log(base_)) : 0;
  for (const auto& [token, length] : longest) {
    if (std::size_t(token) >= logits.size() || is_single_breaker(token)) continue;
    double exponent = double(length - allowed_);
    if (exponent_max > 0) exponent = std::min(exponent, exponent_max);
    float& logit = logits[std::size_t(token)];
    changes.push_back({token, logit});
    logit -= float(multiplier_ * std::pow(base_, exponent));
  }
}

std::vector<std::vector<Token>> dry_breaker_sequences(
    const std::vector<std::string>& breakers, const std::vector<std::string>& pieces,
    const std::function<std::vector<Token>(std::string_view)>& tokenize) {
  std::vector<std::vector<Token>> sequences;
  for (const auto& whole : breakers) {
    const std::string breaker = whole.substr(0, kBreakerTextMax);
    if (breaker.empty()) continue;
    for (std::size_t id = 0; id < pieces.size(); ++id) {
      const std::string& piece = pieces[id];
      if (piece.find(breaker) != std::string::npos) {
        sequences.push_back({Token(id)});
        continue;
      }
      for (std::size_t at = piece.find(breaker[0]); at != std::string::npos; at = piece.find(breaker[0], at + 1)) {
        const std::size_t shared = piece.size() - at;
        if (shared >= breaker.size() || breaker.compare(0, shared, piece, at, shared) != 0) continue;
        std::vector<Token> sequence{Token(id)};
        for (Token token : tokenize(std::string_view(breaker).substr(shared))) sequence.push_back(token);
        if (sequence.size() > kBreakerTokensMax) sequence.resize(kBreakerTokensMax);
        sequences.push_back(std::move(sequence));
      }
    }
  }
  return sequences;
}

}  // namespace fragua::engine
