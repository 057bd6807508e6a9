#include "catalogue/question/facet_matcher.h"

#include <algorithm>

#include "catalogue/question/forms.h"
#include "catalogue/question/small_words.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kTypoWordsMax = 4;    // of one value
constexpr std::size_t kNearWordsMax = 6;    // that one typed word may stand for

struct NearWord {
  const std::string* word;
  std::size_t slips;
  bool needs_company;   // a word beside it that is right
};

class Matcher {
 public:
  Matcher(const FacetIndex& index, Question& question) : index_(index), question_(question), near_(question.size()), is_near_known_(question.size()) {}

  std::vector<Mention> match() {
    std::vector<Mention> mentions;
    for (std::size_t at = 0; at < question_.size();) {
      auto mention = mention_at(at);
      if (!mention) {
        ++at;
        continue;
      }
      at = mention->span.last;
      question_.take(mention->span);
      mentions.push_back(std::move(*mention));
    }
    return mentions;
  }

 private:
  std::optional<Mention> mention_at(std::size_t at) {
    auto words = std::min(index_.longest(), question_.size() - at);
    for (std::size_t n = 1; n < words; ++n)
      if (question_[at + n].follows_break) words = n;
    for (; words > 0; --words) {
      const Span span{at, at + words};
      if (!question_.is_free(span)) continue;
      if (const auto* meaning = exact(span)) return Mention{.span = span, .meaning = *meaning};
      if (const auto* meaning = mistyped(span)) return Mention{.span = span, .meaning = *meaning, .is_typo = true};
    }
    return std::nullopt;
  }

  std::string key_of(Span span) const {
    std::string key;
    for (auto at = span.first; at < span.last; ++at) key += (key.empty() ? "" : " ") + question_[at].word;
    return key;
  }

  const Meaning* exact(Span span) const {
    const auto key = key_of(span);
    if (const auto* meaning = index_.find(key)) return meaning;
    if (span.last - span.first == 1 && is_small(key)) return nullptr;
    return index_.find_form(key);
  }

  // The one value that is fewest slips away.
  const Meaning* mistyped(Span span) {
    if (span.last - span.first > kTypoWordsMax) return nullptr;
    best_ = nullptr;
    best_slips_ = kNotMeant;
    is_tied_ = false;
    try_words(span, {});
    return is_tied_ ? nullptr : best_;
  }

  struct Tried {
    std::string key;
    std::size_t slips = 0;
    bool needs_company = false, has_company = false;
  };
  void try_words(Span rest, const Tried& tried) {
    if (rest.first == rest.last) {
      const bool may_be = tried.slips > 0 && (!tried.needs_company || tried.has_company);
      const auto* meaning = may_be ? index_.find(tried.key) : nullptr;
      if (meaning) weigh(*meaning, tried.slips);
      return;
    }
    for (const auto& near : near_words(rest.first)) {
      const bool is_right = near.slips == 0 && !is_small(*near.word);
      try_words({rest.first + 1, rest.last}, {tried.key + (tried.key.empty() ? "" : " ") + *near.word, tried.slips + near.slips,
                                              tried.needs_company || near.needs_company, tried.has_company || is_right});
    }
  }

  void weigh(const Meaning& meaning, std::size_t slips) {
    if (slips > best_slips_) return;
    const bool is_same = best_ && best_->facet == meaning.facet && best_->values == meaning.values;
    is_tied_ = slips == best_slips_ && best_ && !is_same ? true : slips < best_slips_ ? false : is_tied_;
    best_ = &meaning;
    best_slips_ = slips;
  }

  const std::vector<NearWord>& near_words(std::size_t at) {
    if (is_near_known_[at]) return near_[at];
    is_near_known_[at] = true;
    const auto& token = question_[at];
    auto& near = near_[at];
    for (const auto& word : index_.vocabulary()) {
      if (word == token.word) {
        near.push_back({&word, 0, false});
      } else if (!token.number && !is_small(token.word)) {
        const auto far = slips_in_company(token.word, word);
        if (far != kNotMeant) near.push_back({&word, far, slips(token.word, word) == kNotMeant});
      }
    }
    std::stable_sort(near.begin(), near.end(), [](const NearWord& a, const NearWord& b) { return a.slips < b.slips; });
    if (near.size() > kNearWordsMax) near.resize(kNearWordsMax);
    return near;
  }

  const FacetIndex& index_;
  Question& question_;
  std::vector<std::vector<NearWord>> near_;
  std::vector<bool> is_near_known_;
  const Meaning* best_ = nullptr;
  std::size_t best_slips_ = kNotMeant;
  bool is_tied_ = false;
};

}  // namespace

std::vector<Mention> match_facets(const FacetIndex& index, Question& question) { return Matcher(index, question).match(); }

}  // namespace fragua::catalogue
