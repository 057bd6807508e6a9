// POST /v1/completions: the prompt goes to the model as it stands, without a chat template.
#include <deque>

#include "api/openai/answers.h"
#include "api/openai/completion_body.h"
#include "api/openai/routes.h"
#include "api/relay.h"
#include "base/strings.h"

namespace fragua::api::openai {

namespace {

constexpr std::size_t kAnswersMax = 64;  // of one request, over all its prompts

struct Head {
  std::string id;
  std::int64_t created;
  std::string model;
  bool with_usage;

  json::object answer(json::array choices) const {
    json::object result{{"id", id}, {"object", "text_completion"}, {"created", created}, {"model", model}};
    result["system_fingerprint"] = kFingerprint;
    result["choices"] = std::move(choices);
    if (with_usage) result["usage"] = nullptr;
    return result;
  }
};

// The older form: parallel lists. Offsets count bytes of the answer, the echoed prompt included.
json::value logprobs_to_json(const std::vector<engine::Logprob>& logprobs, std::size_t& offset) {
  if (logprobs.empty()) return nullptr;
  json::array tokens, values, top, offsets;
  for (const auto& entry : logprobs) {
    const auto text = from_base64(entry.chosen.piece).value_or("");
    tokens.push_back(json::value_from(sanitized_utf8(text)));
    values.push_back(entry.chosen.logprob);
    json::object candidates;
    for (const auto& candidate : entry.top)
      candidates[sanitized_utf8(from_base64(candidate.piece).value_or(""))] = candidate.logprob;
    top.push_back(std::move(candidates));
    offsets.push_back(offset);
    offset += text.size();
  }
  json::object result;
  result["tokens"] = std::move(tokens);
  result["token_logprobs"] = std::move(values);
  result["top_logprobs"] = std::move(top);
  result["text_offset"] = std::move(offsets);
  return result;
}

json::object choice_to_json(int index, std::string text, json::value logprobs, json::value finish_reason) {
  json::object choice{{"text", text}, {"index", index}};
  choice["logprobs"] = std::move(logprobs);
  choice["finish_reason"] = std::move(finish_reason);
  return choice;
}

class ChoiceStream : public AnswerSink {
 public:
  ChoiceStream(WriteTurn& turn, const Head& head, int index) : turn_(turn), head_(head), index_(index) {}

  Task<> take(engine::Delta delta) override {
    auto logprobs = logprobs_to_json(delta.logprobs, offset_);
    auto choice = choice_to_json(index_, std::move(delta.content), std::move(logprobs), nullptr);
    co_await send(std::move(choice));
  }
  Task<> echo(std::string prompt) {
    offset_ = prompt.size();
    auto choice = choice_to_json(index_, std::move(prompt), nullptr, nullptr);
    co_await send(std::move(choice));
  }
  Task<> ended(const engine::Done& done) override {
    auto choice = choice_to_json(index_, "", nullptr, json::value_from(finish_reason(done)));
    put_lacks(choice, done);
    co_await send(std::move(choice));
  }

 private:
  Task<> send(json::object choice) {
    json::array choices;
    choices.push_back(std::move(choice));
    auto text = to_json(head_.answer(std::move(choices)));
    co_await turn_.event(std::move(text));
  }

  WriteTurn& turn_;
  const Head& head_;
  int index_;
  std::size_t offset_ = 0;
};

// The generations, and what each says before its answer.
struct Work {
  Head head;
  std::vector<std::string> echoes;
  Generations generations;
  std::size_t per_prompt;  // answers
};

Task<> stream_choices(Call& call, Work& work) {
  Usage usage;
  WriteTurn turn(call, co_await asio::this_coro::executor);
  std::deque<ChoiceStream> choices;
  for (std::size_t i = 0; i < work.generations.size(); ++i) {
    auto& choice = choices.emplace_back(turn, work.head, int(i));
    if (!work.echoes[i].empty()) co_await choice.echo(work.echoes[i]);
  }
  const auto sinks = pointers_to(choices);
  const auto done = co_await relay_all(call, work.generations, sinks);
  for (std::size_t i = 0; i < done.size(); ++i) usage.add(done[i], i % work.per_prompt == 0);
  if (work.head.with_usage) {
    auto last = work.head.answer({});
    last["usage"] = usage.json();
    co_await call.event(to_json(last));
  }
  co_await call.event("[DONE]");
  co_await call.end();
}

Task<> reply_choices(Call& call, Work& work) {
  Usage usage;
  json::array choices;
  std::vector<Gathering> answers(work.generations.size());
  const auto sinks = pointers_to(answers);
  const auto done = co_await relay_all(call, work.generations, sinks);
  for (std::size_t i = 0; i < done.size(); ++i) {
    usage.add(done[i], i % work.per_prompt == 0);
    std::size_t offset = work.echoes[i].size();
    auto logprobs = logprobs_to_json(answers[i].whole.logprobs, offset);
    auto choice = choice_to_json(int(i), work.echoes[i] + answers[i].whole.content, std::move(logprobs),
                                 json::value_from(finish_reason(done[i])));
    put_lacks(choice, done[i]);
    choices.push_back(std::move(choice));
  }
  auto answer = work.head.answer(std::move(choices));
  answer["usage"] = usage.json();
  co_await call.reply(std::move(answer));
}

engine::GenerateRequest to_request(const CompletionBody& body, const Prompt& prompt) {
  engine::GenerateRequest request;
  request.prompt = prompt.text;
  request.context = prompt.tokens;
  if (!body.suffix.empty()) request.suffix = body.suffix;
  request.truncate = body.truncate;
  read_response_format(body.response_format, request);
  read_grammar(body.grammar, request);
  return request;
}

json::object completion_options(const CompletionBody& body) {
  check_count(body.n);
  auto options = to_options(body);
  if (!body.logprobs) return options;
  if (*body.logprobs < 0 || *body.logprobs > 20) body::fail("logprobs", "between 0 and 20");
  options["logprobs"] = true;
  options["top_logprobs"] = *body.logprobs;
  return options;
}

// The text to echo: tokens are turned back.
Task<std::string> echo_of(Call& call, models::StoredModel model, Prompt prompt) {
  if (prompt.tokens.empty()) co_return prompt.text;
  engine::TextRequest request;
  request.tokens = std::move(prompt.tokens);
  auto answer =
      co_await call.services.inference.text(std::move(model), engine::FrameKind::detokenize, std::move(request));
  co_return answer.text;
}

}  // namespace

std::vector<Prompt> read_prompts(const json::value& value, const std::string& field) {
  std::vector<Prompt> prompts;
  const auto add = [&](const json::value& item, const std::string& path) {
    Prompt prompt;
    if (item.is_string())
      prompt.text = std::string(item.get_string());
    else
      body::read(item, prompt.tokens, path, Unknown::ignored);
    prompts.push_back(std::move(prompt));
  };
  const auto* list = value.if_array();
  const bool is_one = !list || list->empty() || list->front().is_number();
  if (value.is_null()) return prompts;
  if (is_one)
    add(value, field);
  else
    for (const auto& item : *list) add(item, field + "[" + std::to_string(prompts.size()) + "]");
  return prompts;
}

Task<> completions(Call& call) {
  const auto body = co_await call.body_as<CompletionBody>(Unknown::ignored);
  const auto options = completion_options(body);
  auto prompts = read_prompts(body.prompt, "prompt");
  if (prompts.empty()) prompts.emplace_back();
  if (prompts.size() * std::size_t(body.n) > kAnswersMax)
    body::fail("prompt", "for at most 64 answers in all (prompts times n)");
  const auto model = co_await named_model(call, body.model);
  Work work{{new_id(call, "cmpl-"), unix_time(call), body.model, body.stream && body.stream_options.include_usage},
            {},
            {},
            std::size_t(body.n)};
  for (const auto& prompt : prompts) {
    std::string echo;
    if (body.echo) echo = co_await echo_of(call, model, prompt);
    for (int i = 0; i < body.n; ++i) {
      auto request = to_request(body, prompt);
      request.user = call.user.empty() ? body.user : call.user;
      auto generation =
          co_await call.services.inference.generate(model, std::move(request), options_of(options, i), std::nullopt);
      work.generations.push_back(std::move(generation));
      work.echoes.push_back(echo);
    }
  }
  const DisconnectWatch watch(call, work.generations);
  if (body.stream)
    co_await stream_choices(call, work);
  else
    co_await reply_choices(call, work);
}

}  // namespace fragua::api::openai
