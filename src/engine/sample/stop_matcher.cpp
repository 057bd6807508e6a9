#include "engine/sample/stop_matcher.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::engine {
namespace {

struct Found {
  std::size_t begin;
  std::size_t end;
  const std::string* stop;
};

// The stop that is complete first: it is the one that would have ended the answer, byte by byte.
std::optional<Found> first_complete(const std::string& text, const std::vector<std::string>& stops) {
  std::optional<Found> first;
  for (const auto& stop : stops) {
    const std::size_t at = text.find(stop);
    if (at == std::string::npos) continue;
    const std::size_t end = at + stop.size();
    if (!first || end < first->end || (end == first->end && at < first->begin)) first = Found{at, end, &stop};
  }
  return first;
}

}  // namespace

StopMatcher::StopMatcher(std::vector<std::string> stops) : stops_(std::move(stops)) {
  std::erase_if(stops_, [](const std::string& stop) { return stop.empty(); });
}

StopMatcher::Output StopMatcher::push(std::string_view piece) {
  held_ += piece;
  if (const auto found = first_complete(held_, stops_)) {
    Output output{sanitized_utf8(std::string_view(held_).substr(0, found->begin)), *found->stop};
    held_.clear();
    return output;
  }
  const std::size_t from = held_from();
  Output output{sanitized_utf8(std::string_view(held_).substr(0, from)), std::nullopt};
  held_.erase(0, from);
  return output;
}

std::string StopMatcher::finish() {
  std::string rest = sanitized_utf8(held_);
  held_.clear();
  return rest;
}

// Where the text begins that must wait: the longest end of it that begins a stop sequence, or half a character.
std::size_t StopMatcher::held_from() const {
  const std::string_view text = held_;
  std::size_t from = text.size();
  for (const auto& stop : stops_) {
    std::size_t length = std::min(stop.size() - 1, text.size());
    while (length > 0 && text.substr(text.size() - length) != std::string_view(stop).substr(0, length)) --length;
    from = std::min(from, text.size() - length);
  }
  return complete_utf8_length(text.substr(0, from));
}

}  // namespace fragua::engine
