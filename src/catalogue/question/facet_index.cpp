#include "catalogue/question/facet_index.h"

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "catalogue/filter.h"
#include "catalogue/question/forms.h"
#include "catalogue/question/small_words.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kPartValuesMax = 60;   // in a longer list one word of a value says too little
constexpr std::size_t kPartLettersMin = 4;
constexpr std::size_t kFamilyShare = 4;      // a family has at least one in so many values

std::string key_of(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
  std::string key;
  for (auto at = first; at < last; ++at) key += (key.empty() ? "" : " ") + tokens[at].word;
  return key;
}

bool tells(const std::vector<Token>& phrase, std::size_t first, std::size_t last) {
  if (is_small(phrase[first].word) || is_small(phrase[last - 1].word)) return false;
  return last - first > 1 || phrase[first].word.size() >= kPartLettersMin;
}

}  // namespace

std::string base_form_of_words(const std::string& words) {
  std::string key;
  for (const auto& word : split(words, ' ')) key += (key.empty() ? "" : " ") + base_form(word);
  return key;
}

FacetIndex::FacetIndex(const Catalogue& catalogue) : catalogue_(catalogue) {
  Candidates all;
  for (std::size_t facet = 0; facet < catalogue_.facets.size(); ++facet) {
    const auto& values = catalogue_.facets[facet].values;
    const bool with_parts = values.size() <= kPartValuesMax;
    for (std::size_t value = 0; value < values.size(); ++value) {
      add_phrase(all, tokens_of(values[value].value), {facet, value, Level::whole, true}, with_parts);
      for (const auto& name : values[value].names) add_phrase(all, tokens_of(name), {facet, value, Level::name, true}, with_parts);
    }
  }
  resolve(all);
}

void FacetIndex::add_phrase(Candidates& all, const std::vector<Token>& phrase, Candidate as, bool with_parts) {
  if (phrase.empty() || phrase.size() > kValueWordsMax) return;
  longest_ = std::max(longest_, phrase.size());
  all[key_of(phrase, 0, phrase.size())].push_back(as);
  phrases_.push_back({as.facet, as.value, key_of(phrase, 0, phrase.size()), as.level == Level::name});
  if (phrase.size() == 2) {   // "metal thrash", "thrashmetal"
    all[phrase[1].word + " " + phrase[0].word].push_back(as);
    all[phrase[0].word + phrase[1].word].push_back(as);
  }
  for (std::size_t first = 0; first < phrase.size(); ++first)
    for (auto last = first + 1; last <= phrase.size(); ++last) {
      if (last - first == phrase.size() || !tells(phrase, first, last) || (!with_parts && last - first == 1)) continue;
      auto part = as;
      part.level = Level::part;
      part.is_last = as.level == Level::whole && last == phrase.size();
      all[key_of(phrase, first, last)].push_back(part);
    }
}

void FacetIndex::resolve(const Candidates& all) {
  std::unordered_map<std::string, std::vector<Candidate>> forms;
  std::set<std::string> words;
  for (const auto& [key, candidates] : all) {
    auto meaning = meaning_of(candidates);
    if (!meaning) continue;
    for (const auto& word : split(key, ' ')) words.insert(word);
    meanings_.emplace(key, std::move(*meaning));
  }
  for (const auto& [key, candidates] : all) {
    auto& same = forms[base_form_of_words(key)];
    for (const auto& candidate : candidates)
      if (candidate.level == Level::whole || candidate.level == Level::name) same.push_back(candidate);
  }
  for (const auto& [key, candidates] : forms)
    if (auto meaning = candidates.empty() ? std::nullopt : meaning_of(candidates)) forms_.emplace(key, std::move(*meaning));
  vocabulary_.assign(words.begin(), words.end());
}

// The best level counts; where facets share a word, the first of them does.
std::optional<Meaning> FacetIndex::meaning_of(const std::vector<Candidate>& candidates) const {
  const auto by_level = [](const Candidate& a, const Candidate& b) { return std::pair(a.level, a.facet) < std::pair(b.level, b.facet); };
  const auto& best = *std::min_element(candidates.begin(), candidates.end(), by_level);
  if (best.level == Level::part) return shared_part(candidates);
  Meaning meaning{best.facet, {}, best.level};
  for (const auto& candidate : candidates) {
    if (candidate.facet != best.facet || candidate.level != best.level) continue;
    if (std::find(meaning.values.begin(), meaning.values.end(), candidate.value) == meaning.values.end()) meaning.values.push_back(candidate.value);
  }
  return meaning;
}

std::optional<Meaning> FacetIndex::shared_part(const std::vector<Candidate>& candidates) const {
  std::map<std::size_t, std::set<std::size_t>> values, ended;
  for (const auto& candidate : candidates) {
    values[candidate.facet].insert(candidate.value);
    if (candidate.is_last) ended[candidate.facet].insert(candidate.value);
  }
  const auto fewest = [&](const auto& a, const auto& b) {
    return catalogue_.facets[a.first].values.size() < catalogue_.facets[b.first].values.size();
  };
  const auto& [facet, having] = *std::min_element(values.begin(), values.end(), fewest);
  if (having.size() == 1) return Meaning{facet, {*having.begin()}, Level::part};
  const auto& family = ended[facet];
  const auto all = catalogue_.facets[facet].values.size();
  if (family.size() < 2 || family.size() == all || family.size() * kFamilyShare < all || family.size() > kFilterValuesMax) return std::nullopt;
  return Meaning{facet, {family.begin(), family.end()}, Level::family};
}

const Meaning* FacetIndex::find(const std::string& words) const {
  const auto found = meanings_.find(words);
  return found == meanings_.end() ? nullptr : &found->second;
}

const Meaning* FacetIndex::find_form(const std::string& words) const {
  const auto found = forms_.find(base_form_of_words(words));
  return found == forms_.end() ? nullptr : &found->second;
}

}  // namespace fragua::catalogue
