#include "engine/constrain/value_guess.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::engine {

namespace {

constexpr std::size_t kWordsMax = 48;  // of the question; its end counts
constexpr std::size_t kWordBytesMin = 2;
constexpr int kValuesAhead = 2;  // in one guess: a wrong one makes all after it worthless

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_number(const std::string& word) { return std::all_of(word.begin(), word.end(), is_digit); }

bool accepts(GrammarState& state, const std::string& text) {
  if (!state.accept_text(text)) return false;
  state.rollback(1);
  return true;
}

// The text is taken and nothing but what the grammar says can follow.
bool names_value(GrammarState& state, const std::string& text) {
  if (!state.accept_text(text)) return false;
  const bool forced = !state.forced_text().empty();
  state.rollback(1);
  return forced;
}

}  // namespace

ValueGuess::ValueGuess(std::string_view question) {
  for (std::size_t at = 0; at < question.size();) {
    const auto begin = std::find_if(question.begin() + std::ptrdiff_t(at), question.end(), is_word_byte);
    const auto end = std::find_if_not(begin, question.end(), is_word_byte);
    if (std::size_t(end - begin) >= kWordBytesMin) words_.emplace_back(begin, end);
    at = std::size_t(end - question.begin());
  }
  if (words_.size() > kWordsMax) words_.erase(words_.begin(), words_.end() - std::ptrdiff_t(kWordsMax));
}

std::string ValueGuess::next_text(GrammarState& state) const {
  std::string text;
  int steps = 0;
  const auto take = [&](const std::string& part) {
    if (part.empty() || !state.accept_text(part)) return false;
    text += part;
    ++steps;
    return true;
  };
  int values = 0;
  for (; values < kValuesAhead; ++values) {
    take(state.forced_text());
    if (!take(value_at(state))) break;
  }
  if (values > 0) take(state.forced_text());
  state.rollback(steps);
  return values > 0 ? text : std::string();
}

std::string ValueGuess::value_at(GrammarState& state) const {
  if (accepts(state, "~")) return "";  // free text: what stands there is not a matter of the grammar
  if (!state.text().empty() && is_digit(state.text().back())) return "";  // where a number ends, no word says
  for (const auto& word : words_)
    if (auto value = named_value(state, word); !value.empty()) return value;
  return "";
}

std::string ValueGuess::named_value(GrammarState& state, const std::string& word) const {
  if (is_number(word)) return accepts(state, word) ? word : "";
  auto capital = lowercase(word);
  if (capital[0] >= 'a' && capital[0] <= 'z') capital[0] = char(capital[0] - 'a' + 'A');
  for (const auto& form : {word, lowercase(word), capital})
    for (const std::string quote : {"\"", ""})
      if (names_value(state, quote + form)) return quote + form;
  return "";
}

}  // namespace fragua::engine
