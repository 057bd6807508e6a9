#include "catalogue/assistant/check.h"

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "catalogue/assistant/plain_words.h"
#include "catalogue/assistant/said_dates.h"
#include "catalogue/assistant/said_numbers.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr double kEqual = 0.005;

bool has_number(const std::vector<double>& numbers, double wanted) {
  return std::any_of(numbers.begin(), numbers.end(), [&](double number) { return std::abs(number - wanted) < kEqual; });
}

bool is_in(const FoldedWords& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

class SentenceCheck {
 public:
  SentenceCheck(std::string_view sentence, const Evidence& evidence) : evidence_(evidence), tokens_(tokens_of(sentence)) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == Token::Kind::sign) continue;
      words_.push_back(tokens_[i].folded);
      places_.push_back(i);
    }
    is_denial_ = std::any_of(words_.begin(), words_.end(), [](const std::string& word) { return denies(word); });
  }

  std::optional<std::string> flaw() {
    if (auto found = take_keys()) return found;
    take_titles();
    take_values();
    for (const auto step : {&SentenceCheck::wrong_value, &SentenceCheck::wrong_unknown, &SentenceCheck::wrong_date, &SentenceCheck::wrong_number,
                            &SentenceCheck::wrong_claim, &SentenceCheck::wrong_name})
      if (auto found = (this->*step)()) return found;
    return std::nullopt;
  }

 private:
  // "[evt-2025-001]", or the same without brackets.
  std::optional<std::string> take_keys() {
    for (std::size_t i = 0; i < evidence_.items.size(); ++i) take_key(i);
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].text != "[") continue;
      for (auto inside = at + 1; inside < tokens_.size() && tokens_[inside].text != "]"; ++inside)
        if (!tokens_[inside].is_used && tokens_[inside].kind != Token::Kind::sign) return tokens_[inside].text;
    }
    return std::nullopt;
  }

  void take_key(std::size_t item) {
    const auto key = tokens_of(evidence_.items[item].key);
    const auto same = [](const Token& a, const Token& b) { return a.text == b.text; };
    for (auto at = tokens_.begin();;) {
      at = std::search(at, tokens_.end(), key.begin(), key.end(), same);
      if (key.empty() || at == tokens_.end()) return;
      // "evt-1" does not stand in "evt-12", nor in "evt-1-2".
      const auto after = at + std::ptrdiff_t(key.size());
      if (after == tokens_.end() || !after->is_joined || after->kind == Token::Kind::sign) {
        for (auto token = at; token != after; ++token) token->is_used = true;
        name(item);
      }
      at = after;
    }
  }

  void name(std::size_t item) {
    if (std::find(named_.begin(), named_.end(), item) == named_.end()) named_.push_back(item);
  }

  // Marks the words of every place where `run` stands: their first tokens.
  std::vector<std::size_t> take_run(const FoldedWords& run) {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; !run.empty() && at + run.size() <= words_.size(); ++at) {
      if (!std::equal(run.begin(), run.end(), words_.begin() + std::ptrdiff_t(at))) continue;
      const bool is_taken = std::any_of(places_.begin() + std::ptrdiff_t(at), places_.begin() + std::ptrdiff_t(at + run.size()), [&](std::size_t place) { return tokens_[place].is_used; });
      if (is_taken) continue;
      for (std::size_t i = 0; i < run.size(); ++i) tokens_[places_[at + i]].is_used = true;
      found.push_back(places_[at]);
    }
    return found;
  }

  // Longer titles first: one may be part of another. Items of one title are all named.
  void take_titles() {
    std::vector<std::size_t> order(evidence_.items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return evidence_.items[a].title.size() > evidence_.items[b].title.size(); });
    const auto by_key = named_;
    for (const auto i : order) {
      if (evidence_.items[i].title.size() < 2 || take_run(evidence_.items[i].title).empty()) continue;
      const bool has_key = std::any_of(by_key.begin(), by_key.end(), [&](std::size_t other) { return evidence_.items[other].title == evidence_.items[i].title; });
      if (has_key) continue;
      for (std::size_t other = 0; other < evidence_.items.size(); ++other)
        if (evidence_.items[other].title == evidence_.items[i].title) name(other);
    }
  }

  // Values of facets, the longer ones first: "black metal" before "metal".
  void take_values() {
    std::vector<std::pair<const FoldedWords*, const KnownValue*>> names;
    for (const auto& known : evidence_.known_values)
      for (const auto& name : known.names) names.emplace_back(&name, &known);
    std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.first->size() > b.first->size(); });
    for (const auto& [run, known] : names)
      for (const auto at : take_run(*run)) values_.push_back({at, known});
  }

  std::vector<std::size_t> borne() const {
    if (!named_.empty()) return named_;
    std::vector<std::size_t> all(evidence_.items.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    return all;
  }

  template <class Test>
  bool any_item(Test test) const {
    const auto items = borne();
    return std::any_of(items.begin(), items.end(), [&](std::size_t i) { return test(evidence_.items[i]); });
  }

  // A sentence about an item has that item's values, and what the question asked for.
  std::optional<std::string> wrong_value() {
    for (const auto& [at, known] : values_) {
      const auto& value = known->value;
      const bool is_items = any_item([&](const ItemEvidence& item) { return item.values.contains(value); });
      const bool is_asked = evidence_.asked_values.contains(value);
      if (is_items || (named_.empty() && (is_asked || evidence_.values.contains(value)))) continue;
      return value;
    }
    return std::nullopt;
  }

  std::optional<std::string> wrong_unknown() {
    for (const auto& unknown : evidence_.unknown)
      if (!take_run(unknown).empty() && !is_denial_) return join(unknown, " ");
    return std::nullopt;
  }

  std::optional<std::string> wrong_date() {
    for (const auto& date : take_dates(tokens_)) {
      const auto fits = [&](const DayParts& day) { return agrees(date, day); };
      const bool is_items = any_item([&](const ItemEvidence& item) { return std::any_of(item.days.begin(), item.days.end(), fits); });
      if (is_items || (named_.empty() && std::any_of(evidence_.days.begin(), evidence_.days.end(), fits))) continue;
      return date.text;
    }
    for (auto& token : tokens_) {
      if (token.is_used || !is_relative_day(token.folded)) continue;
      const auto today = day_parts(evidence_.today);
      const auto is_today = [&](const ItemEvidence& item) { return today && std::find(item.days.begin(), item.days.end(), *today) != item.days.end(); };
      if (is_denial_ || any_item(is_today)) continue;
      return token.text;
    }
    return std::nullopt;
  }

  bool is_time_of(const ItemEvidence& item, const SaidNumber& number) const {
    if (number.text.find(':') == std::string::npos) return std::any_of(item.times.begin(), item.times.end(), [&](const std::string& time) { return time.starts_with(number.text + ":") || time.starts_with("0" + number.text + ":"); });
    return is_in(item.times, number.text) || is_in(item.times, "0" + number.text);
  }

  bool is_price(double value) const {
    return any_item([&](const ItemEvidence& item) { return has_number(item.prices, value); }) || (named_.empty() && has_number(evidence_.prices, value));
  }

  // Of so many items with just these values: those that the question asks for go without saying.
  bool has_count(double value, std::set<std::string> said) const {
    said.insert(evidence_.asked_values.begin(), evidence_.asked_values.end());
    return std::any_of(evidence_.counts.begin(), evidence_.counts.end(), [&](const CountEvidence& count) {
      auto counted = count.values;
      counted.insert(evidence_.asked_values.begin(), evidence_.asked_values.end());
      return std::abs(count.count - value) < kEqual && said == counted;
    });
  }

  // The values between two tokens, without those that the question asks for.
  std::vector<const KnownValue*> values_between(std::size_t begin, std::size_t end) const {
    std::vector<const KnownValue*> found;
    for (const auto& [at, known] : values_)
      if (at >= begin && at < end && !evidence_.asked_values.contains(known->value)) found.push_back(known);
    return found;
  }

  // "Madrid (4), Valencia (4)", "Madrid y Valencia tienen 4": of the values before the number, each by itself. "4 en Valencia": of those behind it.
  bool is_count(double value, const SaidNumber& number) const {
    const auto before = values_between(number.after, number.end);
    const auto behind = values_between(number.end, number.until);
    std::set<std::string> all;
    for (const auto& values : {before, behind})
      for (const auto* known : values) all.insert(known->value);
    if (has_count(value, all)) return true;
    const bool is_listed = number.until < tokens_.size();   // another number follows: what is behind may be its own
    if (before.empty()) return is_listed && has_count(value, {});
    const auto is_same_field = [&](const KnownValue* known) { return known->field == before.back()->field; };
    if (!std::all_of(before.begin(), before.end(), is_same_field) || (!behind.empty() && (!is_listed || !std::all_of(behind.begin(), behind.end(), is_same_field)))) return false;
    return std::all_of(before.begin(), before.end(), [&](const KnownValue* known) { return has_count(value, {known->value}); });
  }

  bool is_year(double value) const {
    const auto is_of = [&](const DayParts& day) { return double(day.year) == value; };
    return any_item([&](const ItemEvidence& item) { return std::any_of(item.days.begin(), item.days.end(), is_of); }) ||
           (named_.empty() && std::any_of(evidence_.days.begin(), evidence_.days.end(), is_of));
  }

  // What follows the number, an adjective or two further at most.
  bool counts(const SaidNumber& number, const FoldedWords& nouns) const {
    for (std::size_t at = number.end; at < tokens_.size() && at < number.end + 3; ++at)
      if (tokens_[at].kind == Token::Kind::word && is_in(nouns, tokens_[at].folded)) return true;
    return false;
  }

  bool is_borne(const SaidNumber& number, double value) const {
    if (number.is_price) return is_price(value);
    if (counts(number, evidence_.things)) return is_count(value, number);
    for (const auto& facet : evidence_.facets)
      if (counts(number, facet.nouns)) return has_number(facet.counts, value);
    if (any_item([&](const ItemEvidence& item) { return has_number(item.numbers, value); })) return true;
    return is_price(value) || is_count(value, number) || is_year(value);
  }

  std::optional<std::string> wrong_number() {
    for (const auto& number : take_numbers(tokens_)) {
      if (number.is_share) return number.text + " %";
      const auto fits = [&](double value) { return is_borne(number, value); };
      const bool is_fine = number.is_time ? any_item([&](const ItemEvidence& item) { return is_time_of(item, number); }) : std::any_of(number.readings.begin(), number.readings.end(), fits);
      if (!is_fine) return number.text;
    }
    for (const auto& token : tokens_)
      if (!token.is_used && is_vague_figure(token.folded) && !is_denial_) return token.text;
    return std::nullopt;
  }

  // "No tenemos conciertos de thrash" when there are some; "tenemos conciertos" when there are none.
  std::optional<std::string> wrong_claim() {
    const bool is_offer = std::any_of(words_.begin(), words_.end(), [](const std::string& word) { return offers(word); });
    const bool is_about_things = std::any_of(words_.begin(), words_.end(), [&](const std::string& word) { return is_in(evidence_.things, word); });
    if (!is_offer || !is_about_things) return std::nullopt;
    const bool names_unknown = std::any_of(evidence_.unknown.begin(), evidence_.unknown.end(), [&](const FoldedWords& unknown) { return position_of(words_, unknown).has_value(); });
    if (names_unknown) return std::nullopt;
    if (is_denial_ && evidence_.total > 0) return "no";
    if (!is_denial_ && evidence_.total == 0 && evidence_.items.empty()) return words_.front();
    return std::nullopt;
  }

  bool is_said(const std::string& word) const {
    return evidence_.words.contains(word) || is_in(evidence_.things, word) ||
           any_item([&](const ItemEvidence& item) { return item.words.contains(word) || is_in(item.title, word); });
  }

  // Large letters: a name, unless it begins the sentence with a word of every day. And what concerts are said to be of.
  std::optional<std::string> wrong_name() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const auto& token = tokens_[at];
      if (token.is_used || token.kind != Token::Kind::word) continue;
      if (token.is_capital && !is_said(token.folded) && !(token.is_initial && is_plain_word(token.folded)) && token.text != "I") return token.text;
      if (is_claimed_kind(at) && !is_said(token.folded) && !is_plain_word(token.folded)) return token.text;
    }
    return std::nullopt;
  }

  // "conciertos de …", "concerts in …".
  bool is_claimed_kind(std::size_t at) const {
    if (at < 2 || is_denial_) return false;
    const auto& before = tokens_[at - 1].folded;
    const bool is_link = before == "de" || before == "of" || before == "en" || before == "in" || before == "em" || before == "a";
    return is_link && is_in(evidence_.things, tokens_[at - 2].folded);
  }

  const Evidence& evidence_;
  std::vector<Token> tokens_;
  FoldedWords words_;
  std::vector<std::size_t> places_;       // of words_, in tokens_
  std::vector<std::size_t> named_;        // items
  struct NamedValue {
    std::size_t at;                       // token
    const KnownValue* known;
  };
  std::vector<NamedValue> values_;        // that the sentence names
  bool is_denial_ = false;
};

}  // namespace

std::optional<std::string> flaw_of(std::string_view sentence, const Evidence& evidence) { return SentenceCheck(sentence, evidence).flaw(); }

}  // namespace fragua::catalogue::assistant
