#include "catalogue/assistant/conversation.h"

#include <algorithm>

#include "catalogue/assistant/own_words.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kKeyBytesMax = 100;
constexpr std::size_t kCitedMax = 20;

Task<Asked> read_alone(QuestionReader& reader, CataloguePointer catalogue, std::string question) {
  Asked asked;
  asked.question = std::move(question);
  asked.understanding = co_await reader.read(catalogue, asked.question);
  drop_own_words(asked.understanding);
  keep_looked_for(*catalogue, asked.question, asked.understanding);
  asked.intention = intention_of(*catalogue, asked.question, asked.understanding);
  co_return asked;
}

void take_over(const Filter& earlier, Filter& later) {
  for (const auto& [field, values] : earlier.facets)
    if (!later.without.contains(field)) later.facets.try_emplace(field, values);
  for (const auto& [field, values] : earlier.without)
    if (!later.facets.contains(field)) later.without.try_emplace(field, values);
  if (!later.days && later.period.empty()) {
    later.days = earlier.days;
    later.period = earlier.period;
  }
  if (!later.price_min && !later.price_max) {
    later.price_min = earlier.price_min;
    later.price_max = earlier.price_max;
  }
  if (later.text.empty()) later.text = earlier.text;
}

// Of a figure that was asked before, unless another is asked now.
Intention inherited(const Intention& earlier, Intention later) {
  const bool says_nothing = later.intent == Intent::open || later.intent == Intent::events;
  if (!says_nothing || later.wants_more) return later;
  if (earlier.intent == Intent::details || is_small_talk(earlier.intent)) {
    later.intent = Intent::events;
    return later;
  }
  if (earlier.intent == Intent::open) return later;
  later.intent = earlier.intent;
  later.facet = earlier.facet;
  later.counts_values = earlier.counts_values;
  return later;
}

}  // namespace

std::vector<ChatTurn> turns_of(const std::vector<engine::Message>& messages) {
  std::vector<ChatTurn> turns;
  for (const auto& message : messages)
    if (message.role == "user" || message.role == "assistant") turns.push_back({message.role, message.content});
  while (!turns.empty() && turns.back().role != "user") turns.pop_back();
  if (!turns.empty()) turns.pop_back();
  if (turns.size() > kHistoryTurnsMax) turns.erase(turns.begin(), turns.end() - std::ptrdiff_t(kHistoryTurnsMax));
  return turns;
}

Asked continued(const Asked& earlier, Asked later) {
  auto& filter = later.understanding.filter;
  const auto& before = earlier.understanding.filter;
  take_over(before, filter);
  if (later.intention.wants_more) {
    filter.sort = before.sort;
    filter.descending = before.descending;
    filter.offset = before.offset + (earlier.intention.limit > 0 ? earlier.intention.limit : kItemsShown);
    if (later.intention.limit == 0) later.intention.limit = earlier.intention.limit;
    later.understanding.not_understood = earlier.understanding.not_understood;
  }
  later.intention = inherited(earlier.intention, later.intention);
  return later;
}

std::vector<std::string> cited_keys(std::string_view answer) {
  std::vector<std::string> keys;
  for (auto at = answer.find('['); at != std::string_view::npos && keys.size() < kCitedMax; at = answer.find('[', at + 1)) {
    const auto end = answer.find(']', at);
    if (end == std::string_view::npos) break;
    const auto key = std::string(answer.substr(at + 1, end - at - 1));
    if (!key.empty() && key.size() <= kKeyBytesMax && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

Task<Asked> read_in_context(QuestionReader& reader, CataloguePointer catalogue, std::string question, std::vector<ChatTurn> turns) {
  auto asked = co_await read_alone(reader, catalogue, std::move(question));
  if (asked.intention.points_back) {
    const auto answer = std::find_if(turns.rbegin(), turns.rend(), [](const ChatTurn& turn) { return turn.role == "assistant"; });
    if (answer != turns.rend()) asked.pointed_at = cited_keys(answer->content);
  }
  std::vector<Asked> chain;               // the latest first
  bool leans = asked.intention.leans;
  for (auto turn = turns.rbegin(); turn != turns.rend() && leans && chain.size() < kEarlierMax; ++turn) {
    if (turn->role != "user") continue;
    auto earlier = co_await read_alone(reader, catalogue, turn->content);
    if (is_small_talk(earlier.intention.intent)) continue;
    leans = earlier.intention.leans;
    chain.push_back(std::move(earlier));
  }
  if (chain.empty()) co_return asked;
  auto meant = std::move(chain.back());
  for (auto next = chain.rbegin() + 1; next != chain.rend(); ++next) meant = continued(meant, std::move(*next));
  co_return continued(meant, std::move(asked));
}

}  // namespace fragua::catalogue::assistant
