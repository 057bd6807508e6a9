// GoTemplate: the part of Go's text/template that Ollama's TEMPLATEs use, parsed once, rendered over JSON data.
// Callers: models/ (checks at create, capabilities), engine/ (prompts; see chat_prompt.h). Threads: any once parsed.
// Errors are invalid_argument "template 3:14: ..." or too_large. Never hangs: output, steps and depth are limited.
// Never reads a clock: what currentDate prints is handed in.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fragua::modelfile {

struct Tree;

struct RenderLimits {
  std::chrono::sys_days today{};
  std::size_t depth = 64;
  std::size_t steps = 1'000'000;
  std::size_t output_bytes = 8 << 20;
  std::size_t produced_bytes = 64 << 20;  // by all function calls together
};

class GoTemplate {
 public:
  // `{{ .Response }}` is added to a template that mentions neither .Messages nor .Response, as Ollama does.
  static GoTemplate parse(std::string_view text);

  std::string render(const json::value& data, const RenderLimits& limits) const;
  // Only what stands before the end of {{ .Response }}: where the model goes on.
  std::string render_until_response(const json::value& data, const RenderLimits& limits) const;

  // Whether a field or variable of that name is used, in any case: "tools", "suffix", "messages", "think" ...
  bool mentions(std::string_view variable) const;
  const std::string& text() const;  // as it was given
  const Tree& tree() const { return *tree_; }

 private:
  explicit GoTemplate(std::shared_ptr<const Tree> tree);
  std::shared_ptr<const Tree> tree_;
  std::shared_ptr<const Tree> until_response_;
  std::vector<std::string> mentioned_;  // sorted, lower case
};

}  // namespace fragua::modelfile
