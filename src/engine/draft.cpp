#include "engine/draft.h"

#include <algorithm>

namespace fragua::engine {

PromptLookup::PromptLookup(int ngram_max, int ngram_min)
    : ngram_max_(std::max(1, ngram_max)), ngram_min_(std::clamp(ngram_min, 1, ngram_max_)) {
  follows_.resize(std::size_t(ngram_max_ - ngram_min_) + 1);
}

// 0 when the last tokens are fewer, or of two texts.
std::uint64_t PromptLookup::key_of_last(int ngram) const {
  if (history_.size() < std::size_t(ngram)) return 0;
  std::uint64_t key = 0x9E3779B97F4A7C15ull;
  for (auto it = history_.end() - ngram; it != history_.end(); ++it) {
    if (*it == kBreak) return 0;
    key = (key ^ std::uint64_t(std::uint32_t(*it))) * 0xD6E8FEB86659FD93ull;
    key ^= key >> 32;
  }
  return key | 1;
}

void PromptLookup::append(Token token) {
  // The n-grams that end here become findable only now that something follows them, so that none finds itself.
  for (int ngram = ngram_min_; ngram <= ngram_max_; ++ngram)
    if (const auto key = key_of_last(ngram); key != 0 && token != kBreak)
      follows_[std::size_t(ngram - ngram_min_)][key] = std::uint32_t(history_.size());
  history_.push_back(token);
}

void PromptLookup::append(std::span<const Token> tokens) {
  for (Token token : tokens) append(token);
}

void PromptLookup::add_reference(std::span<const Token> tokens) {
  append(tokens);
  append(kBreak);
}

// Where the text goes on that the last `ngram` tokens have appeared in before; 0 when they have not.
std::size_t PromptLookup::position_after(int ngram) const {
  const auto& follows = follows_[std::size_t(ngram - ngram_min_)];
  const auto found = follows.find(key_of_last(ngram));
  if (found == follows.end()) return 0;
  const std::size_t position = found->second;
  // Two n-grams may share a key.
  return std::equal(history_.end() - ngram, history_.end(), history_.begin() + std::ptrdiff_t(position) - ngram)
             ? position
             : 0;
}

std::vector<Token> PromptLookup::draft(int count_max) const {
  std::vector<Token> guess;
  for (int ngram = ngram_max_; ngram >= ngram_min_; --ngram) {
    const std::size_t position = position_after(ngram);
    if (position == 0) continue;
    while (int(guess.size()) < count_max) {
      const std::size_t at = position + guess.size();
      // Past the end it copies itself: a repetition goes on repeating.
      const Token token = at < history_.size() ? history_[at] : guess[at - history_.size()];
      if (token == kBreak) break;
      guess.push_back(token);
    }
    if (!guess.empty()) return guess;
  }
  return guess;
}

std::vector<Token> draft(std::span<const Token> history, int ngram_max, int count_max) {
  PromptLookup lookup(ngram_max);
  lookup.append(history);
  return lookup.draft(count_max);
}

}  // namespace fragua::engine
