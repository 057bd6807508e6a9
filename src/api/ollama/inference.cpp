// POST /api/generate and /api/chat: an answer as a stream of JSON lines, or one object.
#include "api/native/catalogue_chat.h"
#include "api/ollama/bodies.h"
#include "api/ollama/routes.h"
#include "api/relay.h"
#include "base/strings.h"

namespace fragua::api::ollama {

namespace {

using inference::Generation;

// The two endpoints differ in where the text goes.
struct Shape {
  bool is_chat;

  void put(json::object& line, const engine::Delta& delta, json::array calls) const {
    if (!is_chat) {
      line["response"] = delta.content;
      if (!delta.thinking.empty()) line["thinking"] = delta.thinking;
      return;
    }
    json::object message{{"role", "assistant"}, {"content", delta.content}};
    if (!delta.thinking.empty()) message["thinking"] = delta.thinking;
    if (!calls.empty()) message["tool_calls"] = std::move(calls);
    line["message"] = std::move(message);
  }
};

json::object line_of(Call& call, bool done) {
  return {{"model", call.model}, {"created_at", rfc3339(call.services.clock.system())}, {"done", done}};
}

json::object logprob_of(const engine::TokenLogprob& token) {
  const auto bytes = from_base64(token.piece).value_or("");
  json::array numbers;
  for (const unsigned char byte : bytes) numbers.push_back(byte);
  return {{"token", sanitized_utf8(bytes)}, {"logprob", token.logprob}, {"bytes", std::move(numbers)}};
}

void put_logprobs(json::object& line, const std::vector<engine::Logprob>& logprobs) {
  if (logprobs.empty()) return;
  json::array list;
  for (const auto& entry : logprobs) {
    auto object = logprob_of(entry.chosen);
    json::array top;
    for (const auto& candidate : entry.top) top.push_back(logprob_of(candidate));
    if (!top.empty()) object["top_logprobs"] = std::move(top);
    list.push_back(std::move(object));
  }
  line["logprobs"] = std::move(list);
}

void put_figures(Call& call, json::object& line, const Generation& generation, const engine::Done& done) {
  const auto total_ns = std::uint64_t((call.services.clock.steady() - call.started) / std::chrono::nanoseconds(1));
  line["done_reason"] = done.reason == "tool_calls" ? "stop" : done.reason;
  line["total_duration"] = std::max<std::uint64_t>(total_ns, 1);
  line["load_duration"] = std::max<std::uint64_t>(generation.load_ns(), 1);
  line["prompt_eval_count"] = done.prompt_tokens;
  line["prompt_eval_duration"] = std::max<std::uint64_t>(done.prompt_ns, 1);
  line["eval_count"] = done.answer_tokens;
  line["eval_duration"] = std::max<std::uint64_t>(done.answer_ns, 1);
  line["prompt_cached_count"] = done.cached_tokens;
  put_lacks(line, done);
  if (!done.context.empty()) line["context"] = json::value_from(done.context);
}

// A line for each delta; tool calls come whole, at the end.
class LineSink : public AnswerSink {
 public:
  LineSink(Call& call, Shape shape) : call_(call), shape_(shape) {}
  Task<> take(engine::Delta delta) override {
    if (delta.content.empty() && delta.thinking.empty() && delta.logprobs.empty()) co_return;
    auto line = line_of(call_, false);
    shape_.put(line, delta, {});
    put_logprobs(line, delta.logprobs);
    co_await call_.line(std::move(line));
  }

 private:
  Call& call_;
  Shape shape_;
};

Task<> answer_whole(Call& call, Shape shape, Generation& generation) {
  Gathering sink;
  const auto done = co_await api::relay(call, generation, sink);
  auto last = line_of(call, true);
  shape.put(last, sink.whole, tool_calls_to_json(done.tool_calls));
  put_logprobs(last, sink.whole.logprobs);
  put_figures(call, last, generation, done);
  co_await call.reply(std::move(last));
}

Task<> answer_in_lines(Call& call, Shape shape, Generation& generation) {
  LineSink sink(call, shape);
  const auto done = co_await api::relay(call, generation, sink);
  if (!done.tool_calls.empty()) {
    auto line = line_of(call, false);
    shape.put(line, {}, tool_calls_to_json(done.tool_calls));
    co_await call.line(std::move(line));
  }
  auto last = line_of(call, true);
  shape.put(last, {}, {});
  put_figures(call, last, generation, done);
  co_await call.line(std::move(last));
  co_await call.end();
}

Task<> answer(Call& call, Shape shape, bool stream, std::unique_ptr<Generation> generation) {
  Generations generations;
  generations.push_back(std::move(generation));
  const DisconnectWatch watch(call, generations);
  if (stream) co_await answer_in_lines(call, shape, *generations.front());
  else co_await answer_whole(call, shape, *generations.front());
}

// An empty prompt or no messages: load, or with keep_alive 0 unload.
Task<> load_or_unload(Call& call, Shape shape, models::StoredModel model, const CommonBody& body) {
  const auto keep_alive = read_keep_alive(body.keep_alive);
  const bool unload = keep_alive && *keep_alive == std::chrono::nanoseconds(0);
  if (unload) {
    call.services.inference.unload(model);
  } else {
    engine::GenerateRequest request;
    json::object options;
    read_common(body, request, options);
    call.services.inference.require_able(model, request, shape.is_chat ? "chat" : "generate");
    co_await call.services.inference.load(std::move(model), std::move(options), keep_alive);
  }
  auto line = line_of(call, true);
  shape.put(line, {}, {});
  line["done_reason"] = unload ? "unload" : "load";
  co_await call.reply(std::move(line));
}

void fill_prompt(GenerateBody& body, engine::GenerateRequest& request) {
  request.context = body.context;
  request.return_context = !body.raw;
  if (!body.suffix.empty()) request.suffix = body.suffix;
  if (body.raw || !body.suffix.empty()) {
    request.prompt = body.prompt;
    request.images = body.images;
    return;
  }
  // The model's own is added where it belongs; with a context the dialogue goes on, and its system message is in there already.
  if (!body.system.empty() && body.context.empty()) request.messages.push_back({.role = "system", .content = body.system});
  request.messages.push_back({.role = "user", .content = body.prompt, .images = body.images});
}

}  // namespace

Task<> generate(Call& call) {
  auto body = co_await call.body_as<GenerateBody>(Unknown::ignored);
  auto model = co_await named_model(call, body.model);
  const auto keep_alive = read_keep_alive(body.keep_alive);
  if (body.prompt.empty() && body.suffix.empty() && body.images.empty()) {
    co_await load_or_unload(call, {false}, std::move(model), body);
    co_return;
  }
  if (body.raw && (!body.template_.empty() || !body.system.empty() || !body.context.empty()))
    throw Error(ErrorCode::invalid_argument, "raw mode does not support template, system, or context");
  engine::GenerateRequest request;
  json::object options;
  read_common(body, request, options);
  fill_prompt(body, request);
  request.go_template = body.template_;
  request.user = call.user;
  auto generation = co_await call.services.inference.generate(std::move(model), std::move(request), std::move(options), keep_alive);
  co_await answer(call, {false}, body.stream.value_or(true), std::move(generation));
}

Task<> chat(Call& call) {
  auto value = co_await call.body();
  if (native::is_site_chat(value)) co_return co_await native::chat_of_site(call, std::move(value));
  auto body = read_body<ChatBody>(value, Unknown::ignored);
  auto model = co_await named_model(call, body.model);
  const auto keep_alive = read_keep_alive(body.keep_alive);
  if (body.messages.empty()) co_return co_await load_or_unload(call, {true}, std::move(model), body);
  engine::GenerateRequest request;
  json::object options;
  read_common(body, request, options);
  for (const auto& message : body.messages) request.messages.push_back(to_engine(message));
  request.tools = body.tools;
  request.user = call.user;
  auto generation = co_await call.services.inference.generate(std::move(model), std::move(request), std::move(options), keep_alive, "chat");
  co_await answer(call, {true}, body.stream.value_or(true), std::move(generation));
}

}  // namespace fragua::api::ollama
