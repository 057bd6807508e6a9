#include "http/router.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::http {

namespace {

int generality(std::string_view segment) {
  if (segment.starts_with('*')) return 2;
  return segment.starts_with(':') ? 1 : 0;
}

// -1, 0, 1 as the first pattern is more specific than the second, equally so, or less.
int compare_patterns(const std::vector<std::string>& first, const std::vector<std::string>& second) {
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    const int difference = generality(first[i]) - generality(second[i]);
    if (difference != 0) return difference < 0 ? -1 : 1;
    if (generality(first[i]) == 0 && first[i] != second[i]) return first[i] < second[i] ? -1 : 1;
  }
  return first.size() == second.size() ? 0 : first.size() > second.size() ? -1 : 1;
}

// Takes the next segment off the front of a path that starts with '/'.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

}  // namespace

void Router::add(Method method, std::string_view pattern, std::size_t index) {
  CHECK_THAT(pattern.starts_with('/'));
  Entry entry{method, split(pattern.substr(1), '/'), index};
  const auto before = [](const Entry& a, const Entry& b) { return compare_patterns(a.segments, b.segments) < 0; };
  for (const auto& other : entries_)
    CHECK_THAT(other.method != method || compare_patterns(other.segments, entry.segments) != 0);
  entries_.insert(std::upper_bound(entries_.begin(), entries_.end(), entry, before), std::move(entry));
}

bool Router::matches(const Entry& entry, std::string_view path) {
  for (const auto& segment : entry.segments) {
    if (path.empty()) return false;
    if (segment.starts_with('*')) return path.size() > 1;
    const auto actual = take_segment(path);
    if (segment.starts_with(':') ? actual.empty() : actual != segment) return false;
  }
  return path.empty();
}

RouteMatch Router::find(Method method, std::string_view path) const {
  RouteMatch match;
  if (!path.starts_with('/')) return match;
  const Entry* found = nullptr;
  for (const auto& entry : entries_) {
    if (!matches(entry, path)) continue;
    match.allowed.push_back(entry.method);
    const bool served = entry.method == method || (method == Method::head && entry.method == Method::get);
    if (served && (!found || (entry.method == method && found->method != method))) found = &entry;
  }
  if (!found) return match;
  match.allowed.clear();
  match.index = found->index;
  for (const auto& segment : found->segments) {
    const auto rest = path.substr(1);
    const auto actual = take_segment(path);
    if (segment.starts_with('*')) match.parameters.emplace(segment.substr(1), rest);
    if (segment.starts_with('*')) break;
    if (segment.starts_with(':')) match.parameters.emplace(segment.substr(1), actual);
  }
  return match;
}

}  // namespace fragua::http
