// Answer: turns a request's tokens into what its client sees: hides control tokens, holds back half characters and possible
// stop sequences, tells thinking, content and tool calls apart, and gathers what one step brought into one delta.
// Callers: scheduler (compute thread). Never samples; never sends by itself: the sink does.
#pragma once
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "engine/model.h"
#include "engine/sample/stop_matcher.h"

namespace fragua::engine {

struct AnswerOptions {
  RenderedChat chat;
  std::vector<std::string> stops;
  bool logprobs = false;
  std::size_t calls_max = std::numeric_limits<std::size_t>::max();  // the answer ends where one more begins
  std::function<std::string()> new_call_id;
  std::function<void(Delta)> sink;
  std::shared_ptr<const ChatFormat> own_format;   // of this request alone, kept alive; null: the model's
};

class Answer {
 public:
  Answer(const Vocabulary& vocabulary, const ChatFormat& format, AnswerOptions options);
  // What its prompt cost, for the deltas.
  void count_prompt(std::uint32_t tokens, std::uint32_t cached);
  // One more token; true when the answer is over: a stop sequence is complete, or there are enough calls.
  bool add(Token token, const Choice* choice);
  // Sends what is new, if anything.
  void flush();
  // No more tokens: sends the rest, completes `done` (tool calls, which stop).
  void finish(Done& done);

 private:
  void reparse(bool partial);
  void take_content(std::string text);
  Logprob described(Token token, const Choice& choice) const;

  const Vocabulary& vocabulary_;
  const ChatFormat& format_;
  AnswerOptions options_;
  std::vector<bool> preserved_;
  StopMatcher stops_;
  std::string visible_text_;   // past the stop matcher: what the parser reads
  bool parse_due_ = false;
  bool has_enough_calls_ = false;
  ParsedChat shown_;           // what the client has been sent
  std::string stop_sequence_;
  Delta next_;
  std::uint32_t prompt_tokens_ = 0;
  std::uint32_t cached_tokens_ = 0;
  std::uint32_t answer_tokens_ = 0;
};

}  // namespace fragua::engine
