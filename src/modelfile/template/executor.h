// Executor: walks a Tree over JSON data and writes the text. Bounded in output, steps and depth, so no template can
// hang. Callers: go_template.cpp. Threads: any; each call is its own rendering. The data is only read. Field .ToolCalls
// finds the key "ToolCalls", or else "tool_calls". What is not there is nil and prints nothing.
#pragma once
#include <string>

#include "modelfile/go_template.h"
#include "modelfile/template/nodes.h"

namespace fragua::modelfile {

std::string execute_template(const Tree& tree, const json::value& data, const RenderLimits& limits);

}  // namespace fragua::modelfile
