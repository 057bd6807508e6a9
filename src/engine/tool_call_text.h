// Tool calls written as JSON objects in an answer's text: {"name": …, "arguments": {…}} or with "parameters". Small models often
// leave out the marks that their template asks for. Callers: the chat formats. Threads: pure.
#pragma once
#include <string_view>
#include <vector>

#include "engine/protocol.h"

namespace fragua::engine {

// All whole calls in `text`, in order; JSON that is no call is passed over.
std::vector<ToolCallDelta> read_tool_calls(std::string_view text);
// Whether `text` is, as far as it goes, nothing but such an object, bare or in a ```json fence.
bool may_be_bare_call(std::string_view text);

}  // namespace fragua::engine
