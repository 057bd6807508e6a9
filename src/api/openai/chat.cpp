// POST /v1/chat/completions: an answer as one object, or as events that end with [DONE].
#include <deque>

#include "api/openai/answers.h"
#include "api/openai/chat_body.h"
#include "api/openai/routes.h"
#include "api/relay.h"

namespace fragua::api::openai {

namespace {

// What all chunks of one answer have in common.
struct ChunkHead {
  std::string id;
  std::int64_t created;
  std::string model;
  bool with_usage;

  json::object chunk(json::array choices) const {
    json::object result{{"id", id}, {"object", "chat.completion.chunk"}, {"created", created}, {"model", model}};
    result["system_fingerprint"] = kFingerprint;
    result["choices"] = std::move(choices);
    if (with_usage) result["usage"] = nullptr;
    return result;
  }
  std::string chunk_of(int index, json::object delta, json::value logprobs, json::value finish_reason,
                       const engine::Done& done = {}) const {
    json::object choice{{"index", index}};
    choice["delta"] = std::move(delta);
    choice["logprobs"] = std::move(logprobs);
    choice["finish_reason"] = std::move(finish_reason);
    put_lacks(choice, done);
    json::array choices;
    choices.push_back(std::move(choice));
    return to_json(chunk(std::move(choices)));
  }
};

json::object delta_to_json(const engine::Delta& delta) {
  json::object result;
  if (!delta.content.empty()) result["content"] = delta.content;
  if (!delta.thinking.empty()) result["reasoning_content"] = delta.thinking;
  json::array calls;
  for (const auto& call : delta.tool_calls) {
    json::object item{{"index", call.index}};
    json::object function;
    if (!call.name.empty()) {
      item["id"] = call.id;
      item["type"] = "function";
      function["name"] = call.name;
    }
    function["arguments"] = call.arguments;
    item["function"] = std::move(function);
    calls.push_back(std::move(item));
  }
  if (!calls.empty()) result["tool_calls"] = std::move(calls);
  return result;
}

// One choice of a streamed answer. The role comes first, in a chunk of its own.
class ChoiceStream : public AnswerSink {
 public:
  ChoiceStream(WriteTurn& turn, const ChunkHead& head, int index) : turn_(turn), head_(head), index_(index) {}

  Task<> take(engine::Delta delta) override {
    co_await begin();
    for (const auto& tool_call : delta.tool_calls) calls_.note(tool_call);
    auto chunk = head_.chunk_of(index_, delta_to_json(delta), chat_logprobs(delta.logprobs), nullptr);
    co_await turn_.event(std::move(chunk));
  }

  Task<> ended(const engine::Done& done) override {
    co_await begin();
    engine::Delta rest;
    rest.tool_calls = calls_.untold(done.tool_calls);
    if (!rest.tool_calls.empty()) co_await take(std::move(rest));
    auto chunk = head_.chunk_of(index_, {}, nullptr, json::value_from(finish_reason(done)), done);
    co_await turn_.event(std::move(chunk));
  }

 private:
  Task<> begin() {
    if (begun_) co_return;
    begun_ = true;
    json::object delta;
    delta["role"] = "assistant";
    delta["content"] = "";
    auto chunk = head_.chunk_of(index_, std::move(delta), nullptr, nullptr);
    co_await turn_.event(std::move(chunk));
  }

  WriteTurn& turn_;
  const ChunkHead& head_;
  int index_;
  bool begun_ = false;
  ToolCallProgress calls_;
};

Task<> stream_choices(Call& call, ChunkHead head, Generations& generations) {
  Usage usage;
  WriteTurn turn(call, co_await asio::this_coro::executor);
  std::deque<ChoiceStream> choices;
  for (std::size_t i = 0; i < generations.size(); ++i) choices.emplace_back(turn, head, int(i));
  const auto sinks = pointers_to(choices);
  const auto done = co_await relay_all(call, generations, sinks);
  for (std::size_t i = 0; i < done.size(); ++i) usage.add(done[i], i == 0);
  if (head.with_usage) {
    auto last = head.chunk({});
    last["usage"] = usage.json();
    co_await call.event(to_json(last));
  }
  co_await call.event("[DONE]");
  co_await call.end();
}

json::object choice_to_json(int index, const engine::Delta& answer, const engine::Done& done) {
  json::object message{{"role", "assistant"}, {"refusal", nullptr}};
  if (answer.content.empty() && !done.tool_calls.empty())
    message["content"] = nullptr;
  else
    message["content"] = answer.content;
  if (!answer.thinking.empty()) message["reasoning_content"] = answer.thinking;
  if (!done.tool_calls.empty()) message["tool_calls"] = tool_calls_to_json(done.tool_calls);
  json::object choice{{"index", index}};
  choice["message"] = std::move(message);
  choice["logprobs"] = chat_logprobs(answer.logprobs);
  choice["finish_reason"] = finish_reason(done);
  put_lacks(choice, done);
  return choice;
}

Task<> reply_choices(Call& call, ChunkHead head, Generations& generations) {
  Usage usage;
  json::array choices;
  std::vector<Gathering> answers(generations.size());
  const auto sinks = pointers_to(answers);
  const auto done = co_await relay_all(call, generations, sinks);
  for (std::size_t i = 0; i < done.size(); ++i) {
    usage.add(done[i], i == 0);
    choices.push_back(choice_to_json(int(i), answers[i].whole, done[i]));
  }
  auto answer = head.chunk(std::move(choices));
  answer["object"] = "chat.completion";
  answer["usage"] = usage.json();
  co_await call.reply(std::move(answer));
}

}  // namespace

Task<> chat_completions(Call& call) {
  const auto body = co_await call.body_as<ChatBody>(Unknown::ignored);
  auto request = to_request(body);
  request.user = call.user.empty() ? body.user : call.user;
  const auto options = chat_options(body);
  const auto model = co_await named_model(call, body.model);
  Generations generations;
  for (int i = 0; i < body.n; ++i) {
    auto generation = co_await call.services.inference.generate(model, request, options_of(options, i), std::nullopt);
    generations.push_back(std::move(generation));
  }
  const DisconnectWatch watch(call, generations);
  ChunkHead head{new_id(call, "chatcmpl-"), unix_time(call), body.model,
                 body.stream && body.stream_options.include_usage};
  if (body.stream)
    co_await stream_choices(call, std::move(head), generations);
  else
    co_await reply_choices(call, std::move(head), generations);
}

}  // namespace fragua::api::openai
