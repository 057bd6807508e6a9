#include "search/evidence.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "search/terms.h"

namespace fragua::search {

namespace {

constexpr std::size_t kWindow = 50;  // words: two sentences or three
constexpr std::size_t kStep = 25;

using TermNumber = std::size_t;

// The terms of the question, numbered.
class Asked {
 public:
  explicit Asked(std::string_view question) {
    auto words = words_of(question);
    const auto language = language_of(words);
    Terms terms(language);
    for (const auto& word : telling(std::move(words), language))
      for (auto& term : terms.of(word)) numbers_.try_emplace(std::move(term), numbers_.size());
  }

  std::size_t size() const { return numbers_.size(); }

  // For each word of the passage, which of the terms it is.
  std::vector<std::vector<TermNumber>> found_in(std::string_view passage) const {
    const auto words = words_of(passage);
    Terms terms(language_of(words));
    std::vector<std::vector<TermNumber>> found(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
      for (const auto& term : terms.of(words[i]))
        if (const auto number = numbers_.find(term); number != numbers_.end()) found[i].push_back(number->second);
    return found;
  }

 private:
  std::map<std::string, TermNumber, std::less<>> numbers_;
};

using Found = std::vector<std::vector<TermNumber>>;

std::vector<bool> among(const Found& found, std::size_t begin, std::size_t end, std::size_t terms) {
  std::vector<bool> there(terms);
  for (auto i = begin; i < std::min(end, found.size()); ++i)
    for (const auto term : found[i]) there[term] = true;
  return there;
}

double sum_of(const std::vector<bool>& there, const std::vector<double>& weights) {
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += there[i] ? weights[i] : 0;
  return sum;
}

// As BM25 weighs words, with these passages as all there is. What none has weighs nothing.
std::vector<double> weights_of(const std::vector<Found>& passages, std::size_t terms) {
  std::vector<double> having(terms), weights(terms);
  for (const auto& found : passages) {
    const auto there = among(found, 0, found.size(), terms);
    for (std::size_t i = 0; i < terms; ++i) having[i] += there[i];
  }
  for (std::size_t i = 0; i < terms; ++i)
    if (having[i] > 0) weights[i] = std::log(1 + (double(passages.size()) - having[i] + 0.5) / (having[i] + 0.5));
  return weights;
}

double best_window(const Found& found, const std::vector<double>& weights) {
  double best = 0;
  for (std::size_t begin = 0; begin < found.size(); begin += kStep) {
    best = std::max(best, sum_of(among(found, begin, begin + kWindow, weights.size()), weights));
    if (begin + kWindow >= found.size()) break;
  }
  return best;
}

}  // namespace

std::vector<double> evidence(std::string_view question, const std::vector<std::string>& passages) {
  const Asked asked(question);
  std::vector<Found> found;
  for (const auto& passage : passages) found.push_back(asked.found_in(passage));
  const auto weights = weights_of(found, asked.size());
  const auto all = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> scores;
  for (const auto& passage : found) scores.push_back(all > 0 ? best_window(passage, weights) / all : 0);
  return scores;
}

}  // namespace fragua::search
