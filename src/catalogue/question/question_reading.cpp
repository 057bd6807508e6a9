#include "catalogue/question/question_reading.h"

#include <algorithm>

#include "catalogue/question/leftovers.h"
#include "catalogue/question/negation.h"
#include "catalogue/question/small_words.h"
#include "catalogue/question/word_lists.h"

namespace fragua::catalogue {

namespace {

std::string amount_text(double amount) {
  auto text = std::to_string(amount);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string how_of(const Mention& mention) {
  if (mention.is_of_model) return "model";
  if (mention.is_typo) return "typo";
  switch (mention.meaning.level) {
    case Level::whole: return "exact";
    case Level::name: return "synonym";
    case Level::part: return "part";
    case Level::family: return "family";
  }
  return "";
}

bool is_single_typo(const Mention& mention) { return mention.is_typo && mention.span.last - mention.span.first == 1; }

class Finisher {
 public:
  Finisher(const FacetIndex& index, QuestionReading& reading, const std::vector<std::string>& known)
      : index_(index), reading_(reading), known_(known.begin(), known.end()) {}

  Understanding finish(Day today) {
    result_.language = reading_.language;
    drop_known_typos();
    drop_doubtful_parts();
    drop_homes();
    drop_contradicted();
    drop_families();
    for (const auto& mention : reading_.mentions) add(mention);
    add_days(today);
    add_price();
    add_leftovers();
    return std::move(result_);
  }

 private:
  bool is_known(Span span) const {
    for (auto at = span.first; at < span.last; ++at)
      if (!known_.contains(reading_.question[at].word)) return false;
    return true;
  }

  // One after the other, so that what is dropped says nothing about the next; where they stood.
  template <class Test>
  std::vector<Span> drop(Test is_dropped) {
    auto& mentions = reading_.mentions;
    std::vector<Span> dropped;
    for (std::size_t i = 0; i < mentions.size();) {
      if (!is_dropped(mentions[i])) {
        ++i;
        continue;
      }
      dropped.push_back(mentions[i].span);
      mentions.erase(mentions.begin() + std::ptrdiff_t(i));
    }
    return dropped;
  }

  template <class Test>
  void leave(Test is_left) {
    for (const auto span : drop(is_left)) reading_.leftovers.push_back(span);
  }

  // True where another mention stands so to this one.
  template <class Test>
  bool any_other(const Mention& mention, Test stands_so) const {
    return std::any_of(reading_.mentions.begin(), reading_.mentions.end(), [&](const Mention& other) { return &other != &mention && stands_so(other); });
  }

  // A word that the texts have is right as it stands, however near it is to a value.
  void drop_known_typos() {
    leave([&](const Mention& mention) { return is_single_typo(mention) && is_known(mention.span); });
  }

  void drop_doubtful_parts() {
    auto& mentions = reading_.mentions;
    for (std::size_t i = 0; i < mentions.size();) {
      const auto& mention = mentions[i];
      const bool is_single_word = mention.span.last - mention.span.first == 1;
      const auto stranger = std::find_if(reading_.leftovers.begin(), reading_.leftovers.end(), [&](Span left) {
        return are_neighbours(reading_.question, left, mention.span) && !is_known(left);
      });
      const bool is_part = mention.meaning.level == Level::part || (mention.meaning.level == Level::name && is_part_of_value(mention));
      if (!is_single_word || !is_part || stranger == reading_.leftovers.end()) {
        ++i;
        continue;
      }
      *stranger = {std::min(stranger->first, mention.span.first), std::max(stranger->last, mention.span.last)};
      mentions.erase(mentions.begin() + std::ptrdiff_t(i));
    }
  }

  // "Vivo en Valladolid" says where one comes from, if another place is asked for.
  void drop_homes() {
    drop([&](const Mention& mention) {
      return is_home(mention) && any_other(mention, [&](const Mention& other) { return other.meaning.facet == mention.meaning.facet && !other.is_excluded; });
    });
  }

  bool is_home(const Mention& mention) const {
    const auto first = mention.span.first;
    return first >= 2 && is_one_of(reading_.question.word(first - 2),
                                   {"soy", "somos", "vivo", "vivimos", "live", "am", "im", "m", "visc", "vivim", "sou", "moro", "moramos"});
  }

  // "Progresivo" is short for "progressive metal", but not in "rock progresivo".
  void drop_contradicted() {
    leave([&](const Mention& mention) { return any_other(mention, [&](const Mention& other) { return contradicts(other, mention); }); });
  }

  // The neighbour names one value of its facet, and the whole name of what is said in short another.
  bool contradicts(const Mention& neighbour, const Mention& mention) const {
    const bool is_short = mention.span.last - mention.span.first == 1 && mention.meaning.level == Level::name;
    if (!is_short || neighbour.meaning.facet == mention.meaning.facet || !are_neighbours(reading_.question, neighbour.span, mention.span)) return false;
    const auto& facet = index_.catalogue().facets[neighbour.meaning.facet];
    const auto words = tokens_of(index_.value(mention.meaning));
    for (std::size_t which = 0; which < facet.values.size(); ++which) {
      const bool is_named = std::find(neighbour.meaning.values.begin(), neighbour.meaning.values.end(), which) != neighbour.meaning.values.end();
      const auto other = tokens_of(facet.values[which].value);
      const auto is_it = [&](const Token& word) { return other.size() == 1 && word.word == other.front().word; };
      if (!is_named && std::any_of(words.begin(), words.end(), is_it)) return true;
    }
    return false;
  }

  // A family says nothing beside one of a kind: "jevi, o sea metal".
  void drop_families() {
    drop([&](const Mention& mention) {
      const auto is_specific = [&](const Mention& other) {
        return other.meaning.level != Level::family && other.meaning.facet == mention.meaning.facet && other.is_excluded == mention.is_excluded;
      };
      return mention.meaning.level == Level::family && any_other(mention, is_specific);
    });
  }

  // "punk" is a name of "punk rock", and a word of it.
  bool is_part_of_value(const Mention& mention) const {
    const auto words = tokens_of(index_.value(mention.meaning));
    const auto word = reading_.question.word(mention.span.first);
    return words.size() > 1 && std::any_of(words.begin(), words.end(), [&](const Token& token) { return token.word == word; });
  }

  void trace(const std::string& part, std::string value, Span span, std::string how = "exact") {
    result_.traces.push_back({part, std::move(value), reading_.question.text_of(span), std::move(how)});
  }

  void add(const Mention& mention) {
    const auto& facet = index_.catalogue().facets[mention.meaning.facet];
    auto& values = (mention.is_excluded ? result_.filter.without : result_.filter.facets)[facet.field];
    for (const auto which : mention.meaning.values) {
      const auto& value = facet.values[which].value;
      if (std::find(values.begin(), values.end(), value) != values.end() || values.size() == kFilterValuesMax) continue;
      values.push_back(value);
      trace(mention.is_excluded ? "without " + facet.field : facet.field, value, mention.span, how_of(mention));
    }
  }

  void add_days(Day today) {
    const auto& asked = reading_.days;
    for (const auto& span : asked.refused) result_.not_understood.push_back(reading_.question.text_of(span));
    if (!index_.catalogue().field_of(FieldKind::date)) {
      for (const auto& span : asked.spans) result_.not_understood.push_back(reading_.question.text_of(span));
    } else if (asked.days) {
      result_.filter.days = asked.days;
      // "Before summer" is said of what is still to come.
      if (asked.days->from.empty() && asked.days->until >= text_of(today)) result_.filter.days->from = text_of(today);
      result_.filter.period = asked.period;
      for (const auto& span : asked.spans) trace("days", result_.filter.days->from + "…" + result_.filter.days->until, span);
    }
    if (!reading_.order) return;
    result_.filter.sort = reading_.order->by;
    result_.filter.descending = reading_.order->descending;
    trace("sort", reading_.order->by == SortBy::price ? "price" : reading_.order->by == SortBy::title ? "title" : "date", reading_.order->span);
    if (reading_.order->is_upcoming && !asked.days && index_.catalogue().field_of(FieldKind::date)) result_.filter.days = DayRange{text_of(today), ""};
  }

  void add_price() {
    const auto& asked = reading_.price;
    if (!index_.catalogue().field_of(FieldKind::price)) {
      for (const auto& span : asked.spans) result_.not_understood.push_back(reading_.question.text_of(span));
      return;
    }
    if (asked.min && asked.max && *asked.min > *asked.max) {
      for (const auto& span : asked.spans) result_.not_understood.push_back(reading_.question.text_of(span));
      return;
    }
    result_.filter.price_min = asked.min;
    result_.filter.price_max = asked.max;
    for (const auto& span : asked.spans) trace(asked.max ? "price_max" : "price_min", amount_text(asked.max ? *asked.max : *asked.min), span);
  }

  void add_leftovers() {
    for (const auto& span : reading_.leftovers) {
      const auto words = reading_.question.text_of(span);
      const bool fits = result_.filter.text.size() + words.size() + 1 <= kFilterTextMax;
      if (!is_known(span) || !fits || is_negated(reading_.question, span.first)) {
        result_.not_understood.push_back(words);
        continue;
      }
      result_.filter.text += (result_.filter.text.empty() ? "" : " ") + words;
      trace("text", words, span);
    }
  }

  const FacetIndex& index_;
  QuestionReading& reading_;
  std::set<std::string> known_;
  Understanding result_;
};

}  // namespace

QuestionReading read_question(const FacetIndex& index, std::string_view text, Day today) {
  Question question(text);
  auto days = find_days(question, today);
  auto order = find_order(question);
  auto price = find_prices(question, index.catalogue().search.cheap_price);
  auto mentions = match_facets(index, question);
  exclude_negated(question, mentions);
  auto leftovers = find_leftovers(index.catalogue(), question);
  auto language = language_of(question);
  return {std::move(question), std::move(mentions), std::move(days), std::move(price), std::move(order), std::move(leftovers), std::move(language)};
}

std::vector<std::string> words_left(const QuestionReading& reading) {
  std::vector<std::string> words;
  for (const auto& span : reading.leftovers)
    for (auto at = span.first; at < span.last; ++at) words.push_back(reading.question[at].word);
  return words;
}

std::vector<std::string> words_mistyped(const QuestionReading& reading) {
  std::vector<std::string> words;
  for (const auto& mention : reading.mentions)
    if (is_single_typo(mention)) words.push_back(reading.question[mention.span.first].word);
  return words;
}

Understanding finish(const FacetIndex& index, QuestionReading reading, const std::vector<std::string>& known, Day today) {
  return Finisher(index, reading, known).finish(today);
}

}  // namespace fragua::catalogue
