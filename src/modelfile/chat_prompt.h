// Chat prompt: a conversation rendered by a Go template the way Ollama does it: messages of one role in a row joined,
// system texts collected, old templates (.System .Prompt .Response) rendered once for each exchange. Callers: engine/,
// inference/. Threads: any; pure. Errors: those of GoTemplate. Never truncates and never numbers images: the caller
// puts [img-0] into the contents.
#pragma once
#include <string>

#include "modelfile/go_template.h"

namespace fragua::modelfile {

struct ChatInput {
  json::array messages;  // role, content, thinking, images, tool_calls, tool_name, tool_call_id
  json::array tools;     // type, function {name, description, parameters}
  std::string prompt;    // with a suffix: fill in the middle, and the messages do not count
  std::string suffix;
  bool think = false;
  std::string think_level;  // low, medium, high
  bool is_think_set = false;
};

std::string render_chat(const GoTemplate& prompt_template, const ChatInput& input, const RenderLimits& limits);

}  // namespace fragua::modelfile
