// Automaton: the texts an expression matches, byte by byte, for answers whose strings must match a pattern. Every state
// it can be in leads to an end, so that an answer never runs into a dead end. Callers: string_rules. Threads: any;
// immutable. Keeps no table of all its combined states: those that an answer visits are found as it goes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/constrain/regex.h"

namespace fragua::engine {

// Characters of a string.
struct LengthBounds {
  static constexpr std::uint32_t kUnlimited = UINT32_MAX;
  std::uint32_t least = 0;
  std::uint32_t most = kUnlimited;
  bool any() const { return least > 0 || most != kUnlimited; }
  bool operator==(const LengthBounds&) const = default;
};

class Automaton {
 public:
  // json_string: what stands between the quotes of a JSON string, and the closing quote as the last byte.
  enum class Text { plain, json_string };
  using State = std::vector<std::int32_t>;  // sorted; empty: nothing can follow

  // Error(too_large): more than kStatesMax; Error(invalid_argument): nothing matches.
  Automaton(const Regex& regex, Text text, LengthBounds bounds = {});

  Text text() const { return text_; }
  const State& start() const { return start_; }
  State next(const State& state, std::uint8_t byte) const;
  bool accepts(const State& state) const;

 private:
  static constexpr std::size_t kStatesMax = 50000;
  struct Edge {
    std::uint8_t first;
    std::uint8_t last;
    bool begins_character;
    std::int32_t target;
  };
  struct Node {
    std::vector<Edge> edges;
    std::vector<std::int32_t> free;  // where it may go without a byte
  };

  std::int32_t add_node();
  void build(const Regex& regex, std::int32_t from, std::int32_t to);
  void build_set(const CodepointSet& set, std::int32_t from, std::int32_t to);
  void build_repeat(const Regex& regex, std::int32_t from, std::int32_t to);
  void build_bytes(const std::vector<Edge>& path, std::int32_t from, std::int32_t to);
  void count_characters(LengthBounds bounds);
  void remove_dead_ends();
  State closed(State state) const;

  Text text_;
  std::vector<Node> nodes_;
  std::int32_t last_ = 0;
  State start_;
};

}  // namespace fragua::engine
