// Answerer: who writes the answers: the models of this house, or a fake in tests. Callers: dialogue, running_answers.
// Threads: the loop's only. Dropping an AnswerSource cancels it.
// Never sees whose conversation it is: `user` of the request is an opaque scope for sharing prefixes.
#pragma once
#include <memory>

#include "conversations/prompt.h"
#include "inference/engine_process.h"

namespace fragua::conversations {

struct AnswerRequest {
  std::string model;
  engine::GenerateRequest request;
  AnswerSettings settings;
  std::vector<std::string> collections;   // whose documents answer it; none: the model alone
};

// What an answer from documents stands on. What a source is, who answers knows; here it is kept and handed out.
struct Grounds {
  json::array sources;
  bool sufficient = false;                // false: it is not in the documents, and the answer says so
};

// One answer on its way: deltas, then one Done, then nothing. Throws what went wrong, Error(cancelled) after cancel().
class AnswerSource {
 public:
  virtual ~AnswerSource() = default;
  virtual Task<std::optional<inference::EngineEvent>> next() = 0;
  virtual void cancel() = 0;
  virtual std::uint64_t load_ns() const = 0;
  // Of an answer from documents, at its end.
  virtual std::optional<Grounds> grounds() const { return std::nullopt; }
};

class Answerer {
 public:
  virtual ~Answerer() = default;
  // How many tokens this model takes with these settings. Error(not_found): no such model.
  virtual Task<std::uint32_t> context_tokens(std::string model, AnswerSettings settings) = 0;
  // Error: no such model, no such collection, or it cannot do what is asked (images, thinking). Loads nothing.
  virtual Task<> check(AnswerRequest request) = 0;
  virtual Task<std::unique_ptr<AnswerSource>> start(AnswerRequest request) = 0;
};

}  // namespace fragua::conversations
