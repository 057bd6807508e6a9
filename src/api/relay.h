// Relay: drives generations to their end for the dialects that answer with events: deltas go to a sink, the figures to
// the call. Callers: api/openai, api/anthropic. Threads: the loop's. A client that leaves cancels all generations it
// was waiting for. What is written is the sinks' affair.
#pragma once
#include <boost/asio/experimental/channel.hpp>
#include <memory>
#include <string>
#include <vector>

#include "api/call.h"

namespace fragua::api {

class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  virtual Task<> take(engine::Delta delta) = 0;
  virtual Task<> ended(const engine::Done& done);    // relay_all says so; does nothing unless overridden
};

// For answers that are sent whole.
class Gathering : public AnswerSink {
 public:
  Task<> take(engine::Delta delta) override;
  engine::Delta whole;
};

using Generations = std::vector<std::unique_ptr<inference::Generation>>;

// While it lives, a client that leaves cancels these generations.
class DisconnectWatch {
 public:
  DisconnectWatch(Call& call, Generations& generations);
  ~DisconnectWatch();
  DisconnectWatch(const DisconnectWatch&) = delete;
  DisconnectWatch& operator=(const DisconnectWatch&) = delete;

 private:
  http::Exchange& exchange_;
};

// What an answer lacks: of the dialogue, when it did not fit (truncated, dropped_tokens, dropped_messages), and of a
// structured answer that was cut by its length (missing). Nothing when it is whole.
void put_lacks(json::object& answer, const engine::Done& done);

Task<engine::Done> relay(Call& call, inference::Generation& generation, AnswerSink& sink);
// Several at once, each to its sink, which is told its end as it comes. One that fails cancels the others; its error is thrown.
Task<std::vector<engine::Done>> relay_all(Call& call, Generations& generations, const std::vector<AnswerSink*>& sinks);
template <class Sinks>
std::vector<AnswerSink*> pointers_to(Sinks& sinks) {
  std::vector<AnswerSink*> pointers;
  for (auto& sink : sinks) pointers.push_back(&sink);
  return pointers;
}

// Lets the answers of one stream write their events one after the other.
class WriteTurn {
 public:
  WriteTurn(Call& call, const asio::any_io_executor& executor);
  Task<> event(std::string data);

 private:
  Call& call_;
  asio::experimental::channel<void(boost::system::error_code)> free_;   // holds one sign while nobody writes
};

// The model that a request names; the log line and the metrics then know it. Error(invalid_argument): no name.
Task<models::StoredModel> named_model(Call& call, std::string name);

// The call with this index as its events have told it so far; `calls` of the end that no delta told are told by it.
class ToolCallProgress {
 public:
  void note(const engine::ToolCallDelta& delta);
  std::vector<engine::ToolCallDelta> untold(const std::vector<engine::ToolCall>& calls) const;

 private:
  int told_ = 0;
};

}  // namespace fragua::api
