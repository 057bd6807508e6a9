#include "api/relay.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

namespace fragua::api {

Task<> AnswerSink::ended(const engine::Done&) { co_return; }

Task<> Gathering::take(engine::Delta delta) {
  whole.content += delta.content;
  whole.thinking += delta.thinking;
  whole.logprobs.insert(whole.logprobs.end(), delta.logprobs.begin(), delta.logprobs.end());
  co_return;
}

DisconnectWatch::DisconnectWatch(Call& call, Generations& generations) : exchange_(call.exchange) {
  exchange_.on_disconnect([&generations] {
    for (auto& generation : generations) generation->cancel();
  });
}

DisconnectWatch::~DisconnectWatch() { exchange_.on_disconnect({}); }

void put_lacks(json::object& answer, const engine::Done& done) {
  if (!done.missing.empty()) answer["missing"] = done.missing;
  if (done.dropped_tokens == 0) return;
  answer["truncated"] = true;
  answer["dropped_tokens"] = done.dropped_tokens;
  answer["dropped_messages"] = done.dropped_messages;
}

namespace {

// Counts an answer when it ends, however it ends: who leaves before the last word has had the others.
class Counting {
 public:
  explicit Counting(Call& call) : call_(call) {}
  ~Counting() { call_.count(done); }
  Counting(const Counting&) = delete;
  Counting& operator=(const Counting&) = delete;

  void note(const engine::Delta& delta) {
    call_.note_first_token();
    done.prompt_tokens = delta.prompt_tokens;
    done.cached_tokens = delta.cached_tokens;
    done.answer_tokens = delta.answer_tokens;
  }
  engine::Done done;

 private:
  Call& call_;
};

}  // namespace

Task<engine::Done> relay(Call& call, inference::Generation& generation, AnswerSink& sink) {
  Counting counting(call);
  while (auto event = co_await generation.next()) {
    if (auto* delta = std::get_if<engine::Delta>(&*event)) {
      counting.note(*delta);
      co_await sink.take(std::move(*delta));
    } else if (auto* end = std::get_if<engine::Done>(&*event)) {
      counting.done = std::move(*end);
    }
  }
  co_return counting.done;
}

namespace {

Task<> relay_to_end(Call& call, inference::Generation& generation, AnswerSink& sink, engine::Done& done) {
  done = co_await relay(call, generation, sink);
  co_await sink.ended(done);
}

}  // namespace

Task<std::vector<engine::Done>> relay_all(Call& call, Generations& generations, const std::vector<AnswerSink*>& sinks) {
  const auto executor = co_await asio::this_coro::executor;
  std::vector<engine::Done> done(generations.size());
  asio::steady_timer all_ended(executor, asio::steady_timer::time_point::max());
  std::size_t running = generations.size();
  std::exception_ptr failed;
  const auto ended = [&](std::exception_ptr error) {
    if (error && !failed) {
      failed = error;
      for (auto& generation : generations) generation->cancel();
    }
    if (--running == 0) all_ended.cancel();
  };
  for (std::size_t i = 0; i < generations.size(); ++i) asio::co_spawn(executor, relay_to_end(call, *generations[i], *sinks[i], done[i]), ended);
  boost::system::error_code ignored;
  while (running > 0) co_await all_ended.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  if (failed) std::rethrow_exception(failed);
  co_return done;
}

WriteTurn::WriteTurn(Call& call, const asio::any_io_executor& executor) : call_(call), free_(executor, 1) { free_.try_send(boost::system::error_code()); }

Task<> WriteTurn::event(std::string data) {
  co_await free_.async_receive(asio::use_awaitable);
  const std::shared_ptr<void> at_end(nullptr, [this](void*) { free_.try_send(boost::system::error_code()); });
  co_await call_.event(std::move(data));
}

Task<models::StoredModel> named_model(Call& call, std::string name) {
  if (name.empty()) throw Error(ErrorCode::invalid_argument, "model is required");
  call.model = name;
  co_return co_await call.services.inference.find(std::move(name));
}

void ToolCallProgress::note(const engine::ToolCallDelta& delta) { told_ = std::max(told_, delta.index + 1); }

std::vector<engine::ToolCallDelta> ToolCallProgress::untold(const std::vector<engine::ToolCall>& calls) const {
  std::vector<engine::ToolCallDelta> rest;
  for (std::size_t i = std::size_t(told_); i < calls.size(); ++i)
    rest.push_back({int(i), calls[i].id, calls[i].name, to_json(calls[i].arguments)});
  return rest;
}

}  // namespace fragua::api
