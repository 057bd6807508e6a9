#include "engine/sample/candidates.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace fragua::engine {
namespace {

constexpr float kLowest = -std::numeric_limits<float>::infinity();
constexpr std::size_t kBlock = TokenMask::kWordBits;
constexpr std::size_t kLanes = 8;
constexpr int kFewBits = 4;  // up to so many are looked at one by one

// The largest of a whole block. Lanes, because a plain maximum is one long chain that the compiler must not reorder.
inline float block_maximum(const float* values) {
  std::array<float, kLanes> lanes;
  for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] = values[lane];
  for (std::size_t at = kLanes; at < kBlock; at += kLanes)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      lanes[lane] = values[at + lane] > lanes[lane] ? values[at + lane] : lanes[lane];
  float best = kLowest;
  for (float lane : lanes) best = lane > best ? lane : best;
  return best;
}

// Which tokens of a block of 32 are allowed; bits beyond the logits and the mask are 0.
inline std::uint32_t allowed_bits(const TokenMask* mask, std::size_t block, std::size_t count) {
  const std::size_t first = block * kBlock;
  std::uint32_t bits = ~0u;
  if (mask) {
    if (first >= std::size_t(mask->size())) return 0;
    bits = std::uint32_t(mask->words()[block]);
    count = std::min(count, std::size_t(mask->size()));
  }
  return first + kBlock <= count ? bits : bits & ((1u << (count - first)) - 1);
}

// Calls visit(token, logit) for the allowed tokens whose logit is over the bound, which visit may raise.
template <class Visit>
void for_each_over(std::span<const float> logits, const TokenMask* mask, const float& bound, Visit visit) {
  const std::size_t blocks = (logits.size() + kBlock - 1) / kBlock;
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint32_t bits = allowed_bits(mask, block, logits.size());
    if (bits == 0) continue;
    const float* values = logits.data() + block * kBlock;
    // Also right where some are forbidden: no allowed one is over the maximum of all.
    const bool is_whole = (block + 1) * kBlock <= logits.size();
    if (is_whole && std::popcount(bits) > kFewBits && !(block_maximum(values) > bound)) continue;
    for (; bits != 0; bits &= bits - 1) {
      const int bit = std::countr_zero(bits);
      if (values[bit] > bound) visit(Token(block * kBlock + std::size_t(bit)), values[bit]);
    }
  }
}

bool is_better(const Candidate& a, const Candidate& b) {
  return a.logit != b.logit ? a.logit > b.logit : a.token < b.token;
}

Token first_allowed(std::span<const float> logits, const TokenMask* mask) {
  for (std::size_t token = 0; token < logits.size(); ++token)
    if (!mask || mask->allows(Token(token))) return Token(token);
  return -1;
}

void keep_best(std::vector<Candidate>& out, std::size_t count) {
  if (out.size() > count) {
    std::nth_element(out.begin(), out.begin() + std::ptrdiff_t(count) - 1, out.end(), is_better);
    out.resize(count);
  }
}

}  // namespace

Token best_token(std::span<const float> logits, const TokenMask* mask) {
  Token best = -1;
  float bound = kLowest;
  for_each_over(logits, mask, bound, [&](Token token, float logit) {
    best = token;
    bound = logit;
  });
  return best >= 0 ? best : first_allowed(logits, mask);
}

void top_candidates(std::span<const float> logits, const TokenMask* mask, int count, std::vector<Candidate>& out) {
  out.clear();
  float bound = kLowest;
  if (count <= 0) {
    for_each_over(logits, mask, bound, [&](Token token, float logit) { out.push_back({token, logit}); });
  } else {
    // Collects a few times what is wanted, throws the worse part away, and from then on looks only at what beats the
    // worst that is kept: most blocks of a large vocabulary are passed over after one comparison.
    const std::size_t wanted = std::size_t(count);
    const std::size_t room = wanted * 4 + 128;
    for_each_over(logits, mask, bound, [&](Token token, float logit) {
      out.push_back({token, logit});
      if (out.size() < room) return;
      keep_best(out, wanted);
      bound = out[wanted - 1].logit;
    });
    keep_best(out, wanted);
    std::sort(out.begin(), out.end(), is_better);
  }
  if (out.empty()) {
    const Token token = first_allowed(logits, mask);
    if (token >= 0) out.push_back({token, 0});  // every allowed logit is -infinity: one is as good as another
  }
}

}  // namespace fragua::engine
