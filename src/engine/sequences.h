// Sequences: who holds which tokens in the KV cache, and whose prefix serves a new prompt. Together the sequences form a
// prefix tree whose shared cells the cache keeps once (llama.cpp's unified KV); with at most some dozens of sequences a
// linear comparison finds the deepest node sooner than a radix tree would.
// Callers: scheduler. Threads: the compute thread's. Never computes and never touches the cache itself.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/model.h"

namespace fragua::engine {

struct Sequence {
  int id = 0;
  bool used = false;                 // holds something
  bool busy = false;                 // a request is at work on it
  bool pinned = false;               // the model's own prefix: evicted last
  std::vector<Token> tokens;         // what the cache holds, position by position; images too (engine/image_tokens.h)
  std::vector<Token> target;         // while its prompt is computed: all of the prompt
  std::string owner;
  std::size_t shareable = 0;         // leading tokens that may serve other owners (the model's own)
  std::uint64_t last_used = 0;
  std::string parked;                // its state, while the cache does not hold it (scheduler_parking.cpp)
  bool is_parked() const { return !parked.empty(); }
};

struct PrefixMatch {
  const Sequence* source = nullptr;
  std::size_t count = 0;             // tokens that serve
};

// Never ends within an image.
std::size_t common_prefix(std::span<const Token> a, std::span<const Token> b);

class Sequences {
 public:
  Sequences(int count, bool isolate_owners, bool can_roll_back);

  // The longest cached prefix of `prompt` that `owner` may use; at most prompt.size() - 1 tokens.
  PrefixMatch best_match(std::span<const Token> prompt, const std::string& owner) const;
  // A prompt being computed now that will hold a longer prefix than `have` plus `worth_waiting` tokens.
  PrefixMatch coming_match(std::span<const Token> prompt, const std::string& owner, std::size_t have) const;

  Sequence* acquire();                       // an unused one, or null: evict first
  std::vector<Sequence*> idle();             // not busy; used last first, pinned ones before all
  Sequence* least_recent();                  // of those the last; null if there is none
  Sequence* least_recent_cached();           // the same of those that are not parked
  void touch(Sequence& sequence) { sequence.last_used = ++ticks_; }
  void forget(Sequence& sequence);
  // Cached sequences that are a prefix of `kept` and so serve no one any more.
  std::vector<Sequence*> covered_by(const Sequence& kept);
  std::vector<Sequence>& all() { return sequences_; }
  std::size_t cached_count() const;

 private:
  std::size_t usable(const Sequence& sequence, std::size_t common, const std::string& owner) const;
  std::vector<Sequence> sequences_;
  bool isolate_owners_;
  bool can_roll_back_;
  std::uint64_t ticks_ = 0;
};

}  // namespace fragua::engine
