#include "catalogue/question/suggestions.h"

#include <algorithm>
#include <set>

namespace fragua::catalogue {

namespace {

// At its beginning, or at that of one of its words.
bool begins(std::string_view words, std::string_view typed) {
  if (words.starts_with(typed)) return true;
  for (auto space = words.find(' '); space != std::string_view::npos; space = words.find(' ', space + 1))
    if (words.substr(space + 1).starts_with(typed)) return true;
  return false;
}

std::string end_of(const Question& question, std::size_t first) {
  std::string typed;
  for (auto at = first; at < question.size(); ++at) typed += (typed.empty() ? "" : " ") + question[at].word;
  return typed;
}

std::vector<Suggestion> beginning_like(const FacetIndex& index, const std::string& typed, const std::string& before) {
  std::vector<Suggestion> found;
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (const auto& phrase : index.phrases()) {
    if (!begins(phrase.words, typed) || !seen.emplace(phrase.facet, phrase.value).second) continue;
    const auto& facet = index.catalogue().facets[phrase.facet];
    const auto& value = facet.values[phrase.value];
    found.push_back({facet.field, facet.label, value.value, value.count, phrase.is_name ? phrase.words : "", before + value.value});
  }
  std::stable_sort(found.begin(), found.end(), [](const Suggestion& a, const Suggestion& b) { return a.count > b.count; });
  return found;
}

}  // namespace

std::vector<Suggestion> suggest_values(const FacetIndex& index, std::string_view text, std::size_t limit) {
  const Question question(text);
  const auto words = std::min(question.size(), index.longest());
  for (auto first = question.size() - words; first < question.size(); ++first) {
    const auto before = first == 0 ? std::string() : question.text_of({0, first}) + " ";
    auto found = beginning_like(index, end_of(question, first), before);
    if (found.empty()) continue;
    if (found.size() > limit) found.resize(limit);
    return found;
  }
  return {};
}

}  // namespace fragua::catalogue
