// JinjaChatFormat: the GGUF's own chat template through llama.cpp's common library, which also knows how to read thinking and
// tool calls in each template's dialect. Callers: preparer, answer. Threads: const, any.
#pragma once
#include "engine/llama/handles.h"
#include "engine/model.h"

struct common_chat_templates;

namespace fragua::engine {

class JinjaChatFormat : public ChatFormat {
 public:
  explicit JinjaChatFormat(const llama_model* model);
  ~JinjaChatFormat() override;
  RenderedChat render(const ChatInput& input) const override;
  ParsedChat parse(const RenderedChat& chat, std::string_view text, bool partial) const override;
  bool supports_tools() const { return tools_; }
  bool supports_thinking() const { return thinking_; }

 private:
  struct FreeTemplates {
    void operator()(common_chat_templates* templates) const;
  };
  std::unique_ptr<common_chat_templates, FreeTemplates> templates_;
  bool tools_ = false;
  bool thinking_ = false;
};

}  // namespace fragua::engine
