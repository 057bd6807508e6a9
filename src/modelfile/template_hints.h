// What a template gives away about how a model answers: the tags around its thinking, the mark before a tool call, what
// ends an answer. The same guesses as Ollama's, so the same models work. Callers: inference/ (parsing of answers,
// capabilities). Threads: any; pure.
#pragma once
#include <optional>
#include <string>

#include "modelfile/go_template.h"

namespace fragua::modelfile {

struct TagPair {
  std::string opening;
  std::string closing;
};

// The texts around {{ .Thinking }} inside a range over .Messages: "<think>" and "</think>".
std::optional<TagPair> thinking_tags(const GoTemplate& prompt_template);

// The text before the first call in {{ if .ToolCalls }}: "<tool_call>", "[TOOL_CALLS]"; "{" if there is no mark.
std::string tool_call_mark(const GoTemplate& prompt_template);

// The text right after {{ .Response }}, such as "<|im_end|>"; empty if there is none.
std::string text_after_response(const GoTemplate& prompt_template);

}  // namespace fragua::modelfile
