#include "engine/constrain/pattern_masks.h"

namespace fragua::engine {

void PatternMasks::keep_allowed(const Automaton::State& state, const VocabularyTables& vocabulary, TokenMask& mask) {
  const std::lock_guard guard(lock_);
  auto found = masks_.find(state);
  if (found == masks_.end()) {
    if (masks_.size() >= kMasksMax) masks_.clear();
    if (known_.size() >= kStatesMax) {
      known_.clear();
      ids_.clear();
    }
    found = masks_.emplace(state, walk(id_of(state), vocabulary)).first;
  }
  const auto words = mask.words();
  const auto allowed = found->second.words();
  for (std::size_t i = 0; i < words.size() && i < allowed.size(); ++i) words[i] &= allowed[i];
}

std::int32_t PatternMasks::id_of(const Automaton::State& state) {
  if (state.empty()) return kDead;
  const auto [it, is_new] = ids_.try_emplace(state, std::int32_t(known_.size()));
  if (is_new) {
    known_.push_back({&it->first, automaton_.accepts(state), {}});
    known_.back().next.fill(kUnknown);
  }
  return it->second;
}

std::int32_t PatternMasks::next(std::int32_t id, std::uint8_t byte) {
  const std::int32_t known = known_[std::size_t(id)].next[byte];
  if (known != kUnknown) return known;
  const std::int32_t found = id_of(automaton_.next(*known_[std::size_t(id)].state, byte));
  known_[std::size_t(id)].next[byte] = found;
  return found;
}

TokenMask PatternMasks::walk(std::int32_t from, const VocabularyTables& vocabulary) {
  TokenMask allowed(vocabulary.size());
  allowed.allow_none();
  const bool ends_in_token = automaton_.text() == Automaton::Text::json_string;
  std::vector<std::int32_t> path{from};  // states after 0, 1, ... bytes of the token before
  std::size_t decided_at = 0;            // bytes after which that token was refused or had reached the end; 0: neither
  bool decided = false;                  // which of the two
  for (const auto& [token, shared] : vocabulary.sorted()) {
    if (decided_at != 0 && shared >= decided_at) {
      if (decided) allowed.allow(token);
      continue;
    }
    decided_at = 0;
    const std::string& piece = vocabulary.piece(token);
    path.resize(std::min(path.size(), std::size_t(shared) + 1));
    bool is_alive = true;
    while (path.size() <= piece.size()) {
      const std::int32_t id = next(path.back(), std::uint8_t(piece[path.size() - 1]));
      const bool is_end = ends_in_token && id != kDead && known_[std::size_t(id)].is_end;
      if (id == kDead || is_end) {
        decided_at = path.size();
        decided = is_end;
        is_alive = is_end;
        break;
      }
      path.push_back(id);
    }
    if (is_alive) allowed.allow(token);
  }
  return allowed;
}

}  // namespace fragua::engine
