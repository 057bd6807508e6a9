#include "catalogue/question/near_values.h"

#include <algorithm>
#include <set>

#include "catalogue/question/forms.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kLettersMin = 6;    // of both words
constexpr std::size_t kLongWord = 9;      // that may sound a little more different
constexpr std::size_t kNearMax = 12;      // of one question

bool is_near(std::string_view typed, std::string_view known) {
  if (known.size() < kLettersMin || !begins_alike(typed, known)) return false;
  const std::size_t limit = typed.size() >= kLongWord ? 2 : 1;
  return distance(sound_of(typed), sound_of(known), limit) <= limit;
}

bool is_open(const QuestionReading& reading, std::size_t facet) {
  return std::none_of(reading.mentions.begin(), reading.mentions.end(), [&](const Mention& mention) { return mention.meaning.facet == facet && !mention.is_excluded; });
}

}  // namespace

std::vector<NearValue> near_values(const FacetIndex& index, const QuestionReading& reading, const std::vector<std::string>& known) {
  std::vector<NearValue> near;
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (const auto& left : reading.leftovers)
    for (auto at = left.first; at < left.last; ++at) {
      const auto word = reading.question.word(at);
      if (word.size() < kLettersMin || std::find(known.begin(), known.end(), word) != known.end()) continue;
      for (const auto& candidate : index.vocabulary()) {
        const auto* meaning = is_near(word, candidate) ? index.find(candidate) : nullptr;
        if (!meaning || meaning->values.size() != 1 || !is_open(reading, meaning->facet)) continue;
        if (near.size() == kNearMax) return near;
        if (seen.emplace(meaning->facet, meaning->values.front()).second) near.push_back({{at, at + 1}, meaning->facet, meaning->values.front()});
      }
    }
  return near;
}

}  // namespace fragua::catalogue
