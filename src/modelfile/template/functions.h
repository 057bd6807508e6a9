// The functions a template may call: Go's built-in ones and Ollama's (json, currentDate, yesterdayDate,
// toTypeScriptType). Callers: parser (is the name known), executor (calls). Threads: any; no function has side effects.
// `and` and `or` are here only by name: the executor evaluates them, because they skip arguments.
#pragma once
#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "modelfile/template/value.h"

namespace fragua::modelfile {

struct Call {
  std::string_view name;
  std::span<const Value> arguments;
  std::chrono::sys_days today;
  std::size_t& bytes_left;  // what functions may still produce in this rendering
  std::size_t& steps_left;
};

bool is_template_function(std::string_view name);

// The error is a sentence without a position; the executor knows where the call stands.
Result<Value> call_template_function(const Call& call);

}  // namespace fragua::modelfile
