// Whether a LoRA adapter fits a model, told from their two headers. Callers: creator, before anything is written.
// Threads: any; pure. The engine checks again when it loads; here the person who creates the model is told which tensor
// is wrong.
#pragma once
#include <optional>
#include <string>

#include "models/gguf_header.h"

namespace fragua::models {

// What is wrong, or nothing.
std::optional<std::string> adapter_problem(const GgufHeader& adapter, const GgufHeader& model);

}  // namespace fragua::models
