#include "engine/constrain/automaton.h"

#include <algorithm>

#include "base/error.h"

namespace fragua::engine {
namespace {

struct Escape {
  Codepoint codepoint;
  char letter;
};
constexpr Escape kEscapes[] = {{'"', '"'},  {'\\', '\\'}, {'\b', 'b'}, {'\f', 'f'},
                               {'\n', 'n'}, {'\r', 'r'},  {'\t', 't'}};

const CodepointSet& unescaped() {
  static const CodepointSet set{{0x20, 0x21}, {0x23, 0x5B}, {0x5D, kCodepointMax}};
  return set;
}

}  // namespace

Automaton::Automaton(const Regex& regex, Text text, LengthBounds bounds) : text_(text) {
  const std::int32_t first = add_node();
  last_ = add_node();
  if (text == Text::json_string) {
    const std::int32_t end = add_node();
    build(regex, first, end);
    nodes_[std::size_t(end)].edges.push_back({'"', '"', false, last_});
  } else {
    build(regex, first, last_);
  }
  if (bounds.any()) count_characters(bounds);
  remove_dead_ends();
  start_ = closed({first});
}

std::int32_t Automaton::add_node() {
  if (nodes_.size() >= kStatesMax)
    throw Error(ErrorCode::too_large,
                "a pattern or length is too large: more than " + std::to_string(kStatesMax) + " states");
  nodes_.emplace_back();
  return std::int32_t(nodes_.size() - 1);
}

void Automaton::build(const Regex& regex, std::int32_t from, std::int32_t to) {
  switch (regex.kind) {
    case Regex::Kind::set:
      build_set(regex.set, from, to);
      return;
    case Regex::Kind::repeat:
      build_repeat(regex, from, to);
      return;
    case Regex::Kind::choice:
      for (const auto& part : regex.parts) build(part, from, to);
      return;
    case Regex::Kind::sequence:
      break;
  }
  for (std::size_t i = 0; i + 1 < regex.parts.size(); ++i) {
    const std::int32_t next = add_node();
    build(regex.parts[i], from, next);
    from = next;
  }
  if (regex.parts.empty())
    nodes_[std::size_t(from)].free.push_back(to);
  else
    build(regex.parts.back(), from, to);
}

void Automaton::build_bytes(const std::vector<Edge>& path, std::int32_t from, std::int32_t to) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::int32_t next = i + 1 == path.size() ? to : add_node();
    nodes_[std::size_t(from)].edges.push_back({path[i].first, path[i].last, i == 0, next});
    from = next;
  }
}

void Automaton::build_set(const CodepointSet& set, std::int32_t from, std::int32_t to) {
  const bool encoded = text_ == Text::json_string;
  const CodepointSet raw = encoded ? set.intersected(unescaped()) : set;
  for (auto range : raw.ranges()) {
    for (const ByteRun& run : utf8_runs(range)) {
      std::vector<Edge> path;
      for (int i = 0; i < run.length; ++i)
        path.push_back({run.ranges[std::size_t(i)].first, run.ranges[std::size_t(i)].last, false, 0});
      build_bytes(path, from, to);
    }
  }
  if (!encoded) return;
  for (auto [codepoint, letter] : kEscapes)
    if (set.contains(codepoint))
      build_bytes({{'\\', '\\', false, 0}, {std::uint8_t(letter), std::uint8_t(letter), false, 0}}, from, to);
}

void Automaton::build_repeat(const Regex& regex, std::int32_t from, std::int32_t to) {
  const Regex& part = regex.parts[0];
  for (int i = 0; i < regex.least; ++i) {
    const std::int32_t next = add_node();
    build(part, from, next);
    from = next;
  }
  if (regex.most == Regex::kUnlimited) {
    const std::int32_t again = add_node();
    nodes_[std::size_t(from)].free.push_back(again);
    build(part, again, again);
    nodes_[std::size_t(again)].free.push_back(to);
    return;
  }
  for (int i = regex.least; i < regex.most; ++i) {
    nodes_[std::size_t(from)].free.push_back(to);
    const std::int32_t next = add_node();
    build(part, from, next);
    from = next;
  }
  nodes_[std::size_t(from)].free.push_back(to);
}

// Every node once for each number of characters read so far, as far as that number matters.
void Automaton::count_characters(LengthBounds bounds) {
  const bool unlimited = bounds.most == LengthBounds::kUnlimited;
  const std::size_t counts = std::size_t(unlimited ? bounds.least : bounds.most) + 1;
  if (counts > kStatesMax / nodes_.size())
    throw Error(ErrorCode::too_large, "a pattern together with minLength or maxLength is too large");
  const std::size_t plain = nodes_.size();
  std::vector<Node> counted(plain * counts);
  const auto at = [plain](std::int32_t node, std::size_t count) {
    return std::int32_t(count * plain + std::size_t(node));
  };
  for (std::size_t count = 0; count < counts; ++count) {
    for (std::size_t node = 0; node < plain; ++node) {
      Node& to = counted[count * plain + node];
      for (auto target : nodes_[node].free) to.free.push_back(at(target, count));
      for (auto edge : nodes_[node].edges) {
        const bool is_last_count = count + 1 == counts;
        if (edge.begins_character && is_last_count && !unlimited) continue;
        const std::size_t next = edge.begins_character && !is_last_count ? count + 1 : count;
        if (edge.target == last_ && count < bounds.least && text_ == Text::json_string) continue;
        edge.target = at(edge.target, next);
        to.edges.push_back(edge);
      }
    }
  }
  nodes_ = std::move(counted);
  const std::int32_t end = std::int32_t(nodes_.size());
  nodes_.emplace_back();
  for (std::size_t count = bounds.least; count < counts; ++count)
    nodes_[std::size_t(at(last_, count))].free.push_back(end);
  last_ = end;
}

void Automaton::remove_dead_ends() {
  std::vector<std::vector<std::int32_t>> before(nodes_.size());
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    for (auto target : nodes_[node].free) before[std::size_t(target)].push_back(std::int32_t(node));
    for (const auto& edge : nodes_[node].edges) before[std::size_t(edge.target)].push_back(std::int32_t(node));
  }
  std::vector<bool> alive(nodes_.size());
  std::vector<std::int32_t> pending{last_};
  alive[std::size_t(last_)] = true;
  while (!pending.empty()) {
    const std::int32_t node = pending.back();
    pending.pop_back();
    for (auto previous : before[std::size_t(node)]) {
      if (alive[std::size_t(previous)]) continue;
      alive[std::size_t(previous)] = true;
      pending.push_back(previous);
    }
  }
  if (!alive[0]) throw Error(ErrorCode::invalid_argument, "no text matches the pattern within its lengths");
  for (auto& node : nodes_) {
    std::erase_if(node.free, [&](auto target) { return !alive[std::size_t(target)]; });
    std::erase_if(node.edges, [&](const Edge& edge) { return !alive[std::size_t(edge.target)]; });
  }
}

Automaton::State Automaton::closed(State state) const {
  for (std::size_t i = 0; i < state.size(); ++i)
    for (auto target : nodes_[std::size_t(state[i])].free)
      if (std::find(state.begin(), state.end(), target) == state.end()) state.push_back(target);
  std::sort(state.begin(), state.end());
  return state;
}

Automaton::State Automaton::next(const State& state, std::uint8_t byte) const {
  State result;
  for (auto node : state)
    for (const auto& edge : nodes_[std::size_t(node)].edges)
      if (edge.first <= byte && byte <= edge.last) result.push_back(edge.target);
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return closed(std::move(result));
}

bool Automaton::accepts(const State& state) const { return std::binary_search(state.begin(), state.end(), last_); }

}  // namespace fragua::engine
