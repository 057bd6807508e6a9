// GoChatFormat: a Modelfile's TEMPLATE (Go text/template) as a chat format, with Ollama's guesses about how the model marks
// thinking and tool calls. Callers: engine/llama/model, preparer (a request's own template). Threads: const, any.
// Error(invalid_argument) when the template cannot be parsed or rendered.
#pragma once
#include <set>
#include <string>

#include "engine/model.h"
#include "modelfile/go_template.h"
#include "modelfile/template_hints.h"

namespace fragua::engine {

class GoChatFormat : public ChatFormat {
 public:
  explicit GoChatFormat(std::string_view template_text);
  RenderedChat render(const ChatInput& input) const override;
  ParsedChat parse(const RenderedChat& chat, std::string_view text, bool partial) const override;
  std::optional<std::string> render_insert(const std::string& prompt, const std::string& suffix) const override;
  bool supports_tools() const { return template_.mentions("tools"); }
  bool supports_thinking() const { return thinking_.has_value(); }
  bool supports_insert() const { return template_.mentions("suffix"); }

 private:
  // Only where tools were offered is JSON in an answer a call. A forced one has no mark before it.
  struct Offered {
    std::set<std::string> names;
    bool forced = false;
  };
  void read_calls(std::string_view text, bool partial, const Offered& offered, ParsedChat& parsed) const;

  modelfile::GoTemplate template_;
  std::optional<modelfile::TagPair> thinking_;
  std::string call_mark_;
  std::string answer_end_;
};

}  // namespace fragua::engine
