#include "catalogue/assistant/own_words.h"

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "catalogue/assistant/folded_words.h"
#include "catalogue/assistant/intent_words.h"
#include "catalogue/assistant/nouns.h"
#include "catalogue/assistant/plain_words.h"
#include "catalogue/assistant/tokens.h"

namespace fragua::catalogue::assistant {

namespace {

// One alternative a word, with its star.
std::string single_words() {
  namespace p = patterns;
  std::set<std::string> words;
  for (const auto pattern : {p::kHowMany, p::kPriceQuestion, p::kCheapest, p::kDearest, p::kAverage, p::kMost, p::kFewest, p::kWhere, p::kNext, p::kFirst, p::kLast, p::kWhen, p::kWhichBefore, p::kPurchase, p::kConnector, p::kMore,
                             p::kPointsBack, p::kAnyItem, p::kAll, p::kGreeting, p::kThanks, p::kGoodbye, p::kAbout})
    for (const auto& word : split(pattern, ' '))
      if (!word.empty() && word != "|" && word != "~") words.insert(word);
  std::string joined;
  for (const auto& word : words) joined += (joined.empty() ? "" : " | ") + word;
  return joined;
}

bool is_own(const std::string& text) {
  static const std::string own = single_words();
  const auto words = folded_words(text);
  return std::all_of(words.begin(), words.end(), [](const std::string& word) { return is_plain_word(word) || says({word}, own); });
}

constexpr std::size_t kShortWords = 3;

bool is_name(std::string_view question, const FoldedWords& run) {
  for (const auto& token : tokens_of(question))
    if (token.is_capital && !token.is_initial && std::find(run.begin(), run.end(), token.folded) != run.end()) return true;
  return false;
}

bool is_looked_for(const Catalogue& catalogue, const std::string& words, std::string_view question) {
  const auto all = folded_words(question);
  const auto run = folded_words(words);
  if (all.size() <= kShortWords || is_name(question, run)) return true;
  const auto at = position_of(all, run);
  if (!at) return false;
  const auto thing = find_thing(catalogue, all);
  if (thing && thing->begin == *at + run.size()) return true;
  const FoldedWords before(all.begin() + std::ptrdiff_t(*at - std::min<std::size_t>(*at, 2)), all.begin() + std::ptrdiff_t(*at));
  return says(before, "de | of | en | in | at | a | em | do | da | para | for | con | with | sobre | about | algo | any | llamado | called | como") || says(before, patterns::kExistence);
}

// "Aires" of "Buenos Aires": the whole name as it stands there.
std::string whole_name(std::string_view question, const std::string& words) {
  const auto tokens = tokens_of(question);
  const auto run = folded_words(words);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (run.empty() || tokens[at].folded != run.front() || !tokens[at].is_capital) continue;
    std::string name = words;
    for (auto back = at; back > 0 && tokens[back - 1].kind == Token::Kind::word && tokens[back - 1].is_capital && !tokens[back - 1].is_initial; --back)
      name = tokens[back - 1].text + " " + name;
    return name;
  }
  return words;
}

bool is_asked_as_place(std::string_view question, const std::string& name) {
  const auto words = folded_words(question);
  const auto run = folded_words(name);
  const auto at = position_of(words, run);
  return at && *at > 0 && says({words[*at - 1]}, "en | in | em | at | a") && is_name(question, run);
}

// A place that texts only have as another word: "Buenos Aires" is no concert "al aire libre".
void deny_places(std::string_view question, Understanding& understanding) {
  std::string text;
  std::vector<Trace> traces;
  for (const auto& trace : understanding.traces) {
    const auto name = trace.part == "text" ? whole_name(question, trace.words) : "";
    if (!name.empty() && is_asked_as_place(question, name)) {
      understanding.not_understood.push_back(name);
      continue;
    }
    if (trace.part == "text") text += (text.empty() ? "" : " ") + trace.words;
    traces.push_back(trace);
  }
  understanding.traces = std::move(traces);
  understanding.filter.text = std::move(text);
}

}  // namespace

void keep_looked_for(const Catalogue& catalogue, std::string_view question, Understanding& understanding) {
  for (auto& words : understanding.not_understood) words = whole_name(question, words);
  if (!understanding.filter.text.empty()) deny_places(question, understanding);
  std::erase_if(understanding.not_understood, [&](const std::string& words) { return !is_looked_for(catalogue, words, question); });
}

void drop_own_words(Understanding& understanding) {
  std::erase_if(understanding.not_understood, is_own);
  if (understanding.filter.text.empty()) return;
  std::string text;
  for (const auto& trace : understanding.traces)
    if (trace.part == "text" && !is_own(trace.words)) text += (text.empty() ? "" : " ") + trace.words;
  std::erase_if(understanding.traces, [](const Trace& trace) { return trace.part == "text" && is_own(trace.words); });
  understanding.filter.text = std::move(text);
}

}  // namespace fragua::catalogue::assistant
