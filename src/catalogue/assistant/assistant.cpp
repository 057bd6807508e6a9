#include "catalogue/assistant/assistant.h"

#include "base/strings.h"
#include "catalogue/assistant/answer_text.h"
#include "catalogue/assistant/intent_words.h"
#include "catalogue/assistant/prompt.h"

namespace fragua::catalogue::assistant {

namespace {

void check(const ChatRequest& request) {
  if (trimmed(request.question).empty()) throw Error(ErrorCode::invalid_argument, "the message must not be empty");
  if (request.question.size() > kChatQuestionMax) throw Error(ErrorCode::too_large, "the message must have at most 4000 bytes");
  if (request.turns.size() > kHistoryTurnsMax) throw Error(ErrorCode::too_large, "\"history\" must have at most 200 entries");
}

Task<> say(Reply& reply, ReplyListener& listener, std::string piece) {
  reply.text += piece;
  co_await listener.said(std::move(piece));
}

// Hears what the documents say.
class Relaying final : public documents::AskListener {
 public:
  Relaying(Reply& reply, ReplyListener& listener) : reply_(reply), listener_(listener) {}
  Task<> found(const std::vector<documents::Passage>&) override { co_return; }
  Task<> said(std::string sentence) override { return say(reply_, listener_, std::move(sentence)); }

 private:
  Reply& reply_;
  ReplyListener& listener_;
};

Tongue tongue_of(const Reply& reply) { return assistant::tongue_of(reply.understanding.language); }

// Items that only the model was given count as named when the text has their keys.
void keep_named(std::vector<Item>& items, const std::string& text) {
  std::erase_if(items, [&](const Item& item) { return text.find("[" + item.key + "]") == std::string::npos; });
}

}  // namespace

Task<Reply> Assistant::reply(ChatRequest request, std::shared_ptr<documents::AnswerControl> control, ReplyListener& listener) {
  check(request);
  if (request.model.empty()) request.model = request.catalogue->assistant.model;
  Reply reply;
  auto asked = co_await read_in_context(parts_.reader, request.catalogue, request.question, request.turns);
  reply.intent = asked.intention.intent;
  reply.understanding = asked.understanding;
  if (reply.intent == Intent::purchase) {
    const bool is_price = co_await asks_what_item_costs(request);
    if (is_price) reply.intent = asked.intention.intent = Intent::events;
  }
  if (is_small_talk(reply.intent)) {
    auto talk = talk_of(*request.catalogue, reply.intent, tongue_of(reply));
    co_await say(reply, listener, std::move(talk));
  } else if (reply.intent == Intent::purchase) {
    co_await from_documents(request, control, reply, listener);
  } else {
    co_await from_facts(request, std::move(asked), control, reply, listener);
  }
  if (control->cancelled()) throw Error(ErrorCode::cancelled, "the reader is gone");
  parts_.log.info("catalogue.answered", {{"catalogue", request.catalogue->name}, {"intent", std::string(name_of(reply.intent))}, {"asked_model", reply.asked_model}});
  co_return reply;
}

Task<bool> Assistant::asks_what_item_costs(const ChatRequest& request) {
  if (!says(folded_words(request.question), patterns::kPriceQuestion)) co_return false;
  const auto named = co_await titled_in(parts_.items, request.catalogue, request.question);
  co_return !named.empty();
}

Task<> Assistant::from_facts(const ChatRequest& request, Asked asked, std::shared_ptr<documents::AnswerControl> control, Reply& reply, ReplyListener& listener) {
  auto today = parts_.reader.today(*request.catalogue);
  auto facts = co_await gather(parts_.items, request.catalogue, std::move(asked), std::move(today));
  reply.intent = facts.asked.intention.intent;
  if (reply.intent == Intent::details && facts.asked.pointed_at.empty()) {
    auto rest = without_titles(*request.catalogue, facts.asked.question, facts.items);
    const auto understood = co_await parts_.reader.read(request.catalogue, std::move(rest));
    facts.asked.understanding.language = understood.language;
  }
  reply.understanding = facts.asked.understanding;
  const auto tongue = tongue_of(reply);
  reply.total = facts.total;
  reply.facts = fact_lines(*request.catalogue, facts, tongue);
  if (reply.intent == Intent::open) {
    co_await from_model(request, facts, control, reply, listener);
  } else {
    auto pieces = answer_of(*request.catalogue, facts, tongue);
    for (auto& piece : pieces) co_await say(reply, listener, std::move(piece));
  }
  reply.items = std::move(facts.items);
  keep_named(reply.items, reply.text);
}

Task<> Assistant::from_model(const ChatRequest& request, const Facts& facts, std::shared_ptr<documents::AnswerControl> control, Reply& reply, ReplyListener& listener) {
  reply.asked_model = true;
  ComposeRequest compose{request.catalogue, facts, tongue_of(reply), request.user, request.model, request.options};
  auto composed = co_await composer_.compose(std::move(compose), control, listener);
  reply.text = std::move(composed.text);
  reply.figures = composed.figures;
  if (!composed.refused.empty())
    parts_.log.info("catalogue.sentences_refused", {{"catalogue", request.catalogue->name}, {"sentences", std::int64_t(composed.refused.size())}});
  if (!reply.text.empty()) co_return;
  auto cannot = helpless(*request.catalogue, tongue_of(reply));
  co_await say(reply, listener, std::move(cannot));
}

Task<> Assistant::from_documents(const ChatRequest& request, std::shared_ptr<documents::AnswerControl> control, Reply& reply, ReplyListener& listener) {
  HelpRequest wanted{request.user, request.catalogue->assistant.collection, request.model, request.question, {}, request.options};
  for (const auto& turn : request.turns) wanted.history.push_back({turn.role, turn.content});
  Relaying relaying(reply, listener);
  auto answer = co_await parts_.help.ask(std::move(wanted), control, relaying);
  if (!answer) {
    auto unknown = unknown_purchase(*request.catalogue, tongue_of(reply));
    co_await say(reply, listener, std::move(unknown));
    co_return;
  }
  reply.asked_model = true;
  reply.sources = std::move(answer->sources);
  reply.figures = answer->figures;
}

}  // namespace fragua::catalogue::assistant
