// Tool calls written as JSON objects in an answer's text: {"name": …, "arguments": {…}} or with "parameters". Small models often
// leave out the marks that their template asks for; forced calls are written so. Callers: the chat formats. Threads: pure.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/protocol.h"

namespace fragua::engine {

// The names in OpenAI's list of tools.
std::set<std::string> tool_names(const json::value& tools);
// All whole calls of offered tools in `text`, in order; other JSON is passed over.
std::vector<ToolCallDelta> read_tool_calls(std::string_view text, const std::set<std::string>& offered);
// What an answer that is one call, bare, must look like: of any of `tools` (OpenAI's list), or of the one that is named.
// Error(invalid_argument): there is no such tool.
GrammarSpec bare_call_grammar(const json::value& tools, const std::string& only);
// Whether `text` is, as far as it goes, nothing but such an object, bare or in a ```json fence.
bool may_be_bare_call(std::string_view text);

}  // namespace fragua::engine
