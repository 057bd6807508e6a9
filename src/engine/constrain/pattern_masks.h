// PatternMasks: which tokens may come in each state of an automaton, found by walking the vocabulary when an answer
// first gets there and kept for the answers after it. Callers: string_tracker. Threads: any; a lock is held while a
// mask is computed (about a millisecond). Never keeps more than its limits: beyond them it forgets and begins anew.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "engine/constrain/automaton.h"
#include "engine/constrain/vocabulary_tables.h"
#include "engine/sample/token_mask.h"

namespace fragua::engine {

class PatternMasks {
 public:
  explicit PatternMasks(Automaton automaton) : automaton_(std::move(automaton)) {}

  // About what it may grow to hold.
  static std::size_t bytes_max(int vocabulary_size) {
    return kMasksMax * std::size_t(vocabulary_size) / 8 + kStatesMax * sizeof(Known);
  }
  const Automaton& automaton() const { return automaton_; }
  // A token that matches the automaton to its end may go on with anything: the grammar around it decides that.
  void keep_allowed(const Automaton::State& state, const VocabularyTables& vocabulary, TokenMask& mask);

 private:
  static constexpr std::size_t kMasksMax = 32;
  static constexpr std::size_t kStatesMax = 400;
  static constexpr std::int32_t kUnknown = -2, kDead = -1;
  struct Known {
    const Automaton::State* state;
    bool is_end;
    std::array<std::int32_t, 256> next;
  };

  std::int32_t id_of(const Automaton::State& state);
  std::int32_t next(std::int32_t id, std::uint8_t byte);
  TokenMask walk(std::int32_t from, const VocabularyTables& vocabulary);

  const Automaton automaton_;
  std::mutex lock_;
  std::map<Automaton::State, std::int32_t> ids_;
  std::vector<Known> known_;
  std::map<Automaton::State, TokenMask> masks_;
};

}  // namespace fragua::engine
