#include "modelfile/template_hints.h"

#include <algorithm>

#include "base/strings.h"
#include "modelfile/template/nodes.h"

namespace fragua::modelfile {

namespace {

bool uses_field(const Pipeline& pipeline, std::string_view name) {
  for (const auto& command : pipeline.commands) {
    for (const auto& operand : command.operands) {
      if (std::find(operand.fields.begin(), operand.fields.end(), name) != operand.fields.end()) return true;
      for (const auto& inner : operand.inner)
        if (uses_field(inner, name)) return true;
    }
  }
  return false;
}

std::string edge_text(const Node& node) { return node.kind == NodeKind::text ? std::string(trimmed(node.text)) : ""; }

// Depth first, so that the innermost block that prints the field is the one whose edges count.
std::optional<TagPair> tags_in(const Block& block, bool in_messages) {
  for (const auto& node : block) {
    const bool messages = node.kind == NodeKind::range_block ? uses_field(node.pipeline, "Messages") : in_messages;
    for (const Block* inner : {&node.body, &node.otherwise})
      if (auto tags = tags_in(*inner, messages)) return tags;
    if (in_messages && node.kind == NodeKind::action && uses_field(node.pipeline, "Thinking"))
      return TagPair{edge_text(block.front()), edge_text(block.back())};
  }
  return std::nullopt;
}

const Node* tool_calls_node(const Block& block) {
  for (const auto& node : block) {
    if (node.kind == NodeKind::if_block && uses_field(node.pipeline, "ToolCalls")) return &node;
    for (const Block* inner : {&node.body, &node.otherwise})
      if (const auto* found = tool_calls_node(*inner)) return found;
  }
  return nullptr;
}

// The first text that is not blank, unless something is printed before it.
std::optional<std::string> first_text(const Block& block) {
  for (const auto& node : block) {
    if (node.kind == NodeKind::text && !trimmed(node.text).empty()) return node.text;
    if (node.kind == NodeKind::text || (node.kind == NodeKind::action && !node.pipeline.variables.empty())) continue;
    if (node.kind == NodeKind::action) return std::nullopt;
    if (auto text = first_text(node.body)) return text;
    return first_text(node.otherwise);
  }
  return std::nullopt;
}

std::optional<std::string> after_response(const Block& block) {
  for (auto node = block.begin(); node != block.end(); ++node) {
    if (node->kind == NodeKind::action && uses_field(node->pipeline, "Response")) {
      const bool followed = node + 1 != block.end() && (node + 1)->kind == NodeKind::text;
      return followed ? (node + 1)->text : "";
    }
    for (const Block* inner : {&node->body, &node->otherwise})
      if (auto text = after_response(*inner)) return text;
  }
  return std::nullopt;
}

}  // namespace

std::optional<TagPair> thinking_tags(const GoTemplate& prompt_template) {
  auto tags = tags_in(prompt_template.tree().root, false);
  if (tags && (tags->opening.empty() || tags->closing.empty())) return std::nullopt;
  return tags;
}

std::string tool_call_mark(const GoTemplate& prompt_template) {
  const Node* node = tool_calls_node(prompt_template.tree().root);
  const auto text = node ? first_text(node->body) : std::nullopt;
  const std::string mark = text ? std::string(trimmed(text->substr(0, text->find('{')))) : "";
  return mark.empty() ? "{" : mark;
}

std::string text_after_response(const GoTemplate& prompt_template) {
  return after_response(prompt_template.tree().root).value_or("");
}

}  // namespace fragua::modelfile
