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
  Slip slip;
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

  // The one value that is fewest slips away. Words that need more than there is still stand in its way: "palms" is no clear "palmas".
  const Meaning* mistyped(Span span) {
    if (span.last - span.first > kTypoWordsMax) return nullptr;
    best_ = nullptr;
    best_slips_ = kNotMeant;
    is_tied_ = false;
    try_words(span, {});
    return is_tied_ || !is_best_meant_ ? nullptr : best_;
  }

  struct Tried {
    std::string key;
    std::string right_words;
    std::size_t slips = 0;
    Likeness needs = Likeness::sure;   // the most that any of its words needs
  };
  void try_words(Span rest, const Tried& tried) {
    if (rest.first == rest.last) {
      const auto* meaning = tried.slips > 0 ? index_.find(tried.key) : nullptr;
      if (meaning) weigh(*meaning, tried.slips, is_meant(*meaning, tried));
      return;
    }
    for (const auto& near : near_words(rest.first)) {
      auto next = tried;
      next.key += (next.key.empty() ? "" : " ") + *near.word;
      next.slips += near.slip.count;
      next.needs = std::max(next.needs, near.slip.likeness);
      if (near.slip.count == 0 && !is_small(*near.word)) next.right_words += (next.right_words.empty() ? "" : " ") + *near.word;
      try_words({rest.first + 1, rest.last}, next);
    }
  }

  bool is_meant(const Meaning& meaning, const Tried& tried) const {
    if (tried.needs == Likeness::sure) return true;
    if (tried.needs == Likeness::company) return !tried.right_words.empty();
    const auto* alone = index_.find(tried.right_words);
    return alone && alone->facet == meaning.facet && alone->values == meaning.values;
  }

  void weigh(const Meaning& meaning, std::size_t slips, bool is_meant) {
    if (slips > best_slips_) return;
    const bool is_same = best_ && best_->facet == meaning.facet && best_->values == meaning.values;
    const bool is_nearer = slips < best_slips_;
    is_best_meant_ = is_nearer || !is_same ? is_meant : is_best_meant_ || is_meant;
    is_tied_ = is_nearer ? false : is_tied_ || !is_same;
    best_ = &meaning;
    best_slips_ = slips;
  }

  const std::vector<NearWord>& near_words(std::size_t at) {
    if (is_near_known_[at]) return near_[at];
    is_near_known_[at] = true;
    const auto& token = question_[at];
    auto& near = near_[at];
    for (const auto& word : index_.vocabulary()) {
      const bool may_slip = !token.number && !is_small(token.word);
      const auto slip = may_slip || word == token.word ? slip_between(token.word, word) : Slip{};
      if (word == token.word) near.push_back({&word, {0, Likeness::sure}});
      else if (slip.likeness != Likeness::none) near.push_back({&word, slip});
    }
    std::stable_sort(near.begin(), near.end(), [](const NearWord& a, const NearWord& b) { return a.slip.count < b.slip.count; });
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
  bool is_best_meant_ = false;
};

}  // namespace

std::vector<Mention> match_facets(const FacetIndex& index, Question& question) { return Matcher(index, question).match(); }

}  // namespace fragua::catalogue
