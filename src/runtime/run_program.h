// run_program: runs a program of ours to its end and hands over what it prints, line by line. argv only, no shell.
// Callers: blocking work on a WorkerPool (inference/quantizer). A throwing listener kills the program first.
// Error(unavailable) when it cannot be started.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace fragua {

// The exit status; 128 + signal when it was killed.
int run_program(const std::vector<std::string>& argv, const std::function<void(const std::string&)>& on_line);

}  // namespace fragua
