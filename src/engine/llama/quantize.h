// quantize: a GGUF in another type of numbers, by llama.cpp's quantiser. Callers: app/ (the quantize command, a child process).
// Prints permille done as lines, so that the parent can show progress. Threads: the caller's; llama.cpp's own below.
#pragma once
#include <string>

namespace fragua::engine {

// Error(invalid_argument): a type that is not known (the message lists them); Error(unsupported): llama.cpp refused.
void quantize_model(const std::string& in, const std::string& out, const std::string& file_type);

}  // namespace fragua::engine
