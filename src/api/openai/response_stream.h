// ResponseStream: an answer of POST /v1/responses as items, told in events while it comes, or gathered only.
// Callers: api/openai/responses. Threads: the loop's. Begins with the first delta, so that errors before it have their
// status. Items are reasoning, message and function_call; one is open at a time.
#pragma once
#include <string>

#include "api/openai/responses_body.h"
#include "api/relay.h"

namespace fragua::api::openai {

class ResponseStream : public AnswerSink {
 public:
  ResponseStream(Call& call, const ResponsesBody& body);
  Task<> take(engine::Delta delta) override;
  Task<> finish(engine::Done done);

 private:
  enum class Kind { none, reasoning, message, function_call };

  json::object response(const std::string& status) const;
  // Sends an event when the client streams; numbers it.
  Task<> send(const char* type, json::object event);
  Task<> begin();
  Task<> open(Kind kind, int call_index, json::object item);
  Task<> close();
  Task<> add(Kind kind, std::string text);
  Task<> take_tool_call(engine::ToolCallDelta delta);
  json::object position() const;
  json::object part(const std::string& text) const;

  Call& call_;
  const ResponsesBody& body_;
  std::string id_;
  std::int64_t created_;
  bool begun_ = false;
  std::int64_t sequence_ = 0;
  json::array output_;
  Kind open_ = Kind::none;
  int open_call_ = -1;
  json::object item_;  // that is open
  std::string text_;   // of it
  ToolCallProgress calls_;
  engine::Done done_;
};

}  // namespace fragua::api::openai
