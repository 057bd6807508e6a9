// AnswerWriter: who writes answers from a prompt: a model of this house, or a fake in tests. AnswerControl ends one early.
// Callers: asking. Threads: the loop's only.
#pragma once
#include <functional>
#include <memory>

#include "base/json.h"
#include "engine/protocol.h"
#include "runtime/task.h"

namespace fragua::documents {

struct AnswerFigures {
  std::uint32_t prompt_tokens = 0;
  std::uint32_t cached_tokens = 0;
  std::uint32_t answer_tokens = 0;
};

class AnswerControl {
 public:
  void cancel();
  bool cancelled() const { return cancelled_; }
  // What cancelling means now; nothing once it is over.
  void set(std::function<void()> on_cancel);

 private:
  std::function<void()> on_cancel_;
  bool cancelled_ = false;
};

struct WriteRequest {
  std::string user;                       // sharing scope
  std::string model;
  std::vector<engine::Message> messages;
  json::object options;
};

// Hears the pieces; false: enough.
class TextListener {
 public:
  virtual ~TextListener() = default;
  virtual Task<bool> take(std::string piece) = 0;
};

class AnswerWriter {
 public:
  virtual ~AnswerWriter() = default;
  // Error(not_found): no such model; Error(cancelled).
  virtual Task<AnswerFigures> write(WriteRequest request, std::shared_ptr<AnswerControl> control, TextListener& listener) = 0;
};

}  // namespace fragua::documents
