// MessageStream: an answer as Anthropic's events: blocks of thinking, text and tool use that open and close one after
// the other. Callers: api/anthropic/messages. Threads: the loop's. Begins with the first delta, so that errors before
// it have their status.
#pragma once
#include <string>

#include "api/relay.h"

namespace fragua::api::anthropic {

std::string stop_reason(const engine::Done& done);
// Null unless one of the request's own stop sequences ended the answer.
json::value stop_sequence(const engine::Done& done);
json::object usage_to_json(const engine::Done& done);
// The message without its content.
json::object message_to_json(const std::string& id, const std::string& model);

class MessageStream : public AnswerSink {
 public:
  MessageStream(Call& call, std::string id) : call_(call), id_(std::move(id)) {}
  Task<> take(engine::Delta delta) override;
  Task<> finish(engine::Done done);

 private:
  Task<> send(json::object event);
  Task<> begin();
  // Opens a block unless this one is open. `key` tells blocks of one kind apart.
  Task<> open(std::string key, json::object block);
  Task<> close();
  Task<> add(const char* type, const char* field, std::string text);
  Task<> take_tool_call(engine::ToolCallDelta delta);

  Call& call_;
  std::string id_;
  bool begun_ = false;
  int index_ = -1;
  std::string open_;  // key of the block that is open; empty: none
  ToolCallProgress calls_;
};

}  // namespace fragua::api::anthropic
