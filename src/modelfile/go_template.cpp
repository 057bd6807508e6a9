#include "modelfile/go_template.h"

#include <algorithm>

#include "base/strings.h"
#include "modelfile/template/executor.h"
#include "modelfile/template/nodes.h"
#include "modelfile/template/parser.h"

namespace fragua::modelfile {

namespace {

void collect(const Pipeline& pipeline, std::vector<std::string>& names) {
  for (const auto& command : pipeline.commands) {
    for (const auto& operand : command.operands) {
      for (const auto& field : operand.fields) names.push_back(lowercase(field));
      for (const auto& inner : operand.inner) collect(inner, names);
    }
  }
}

void collect(const Block& block, std::vector<std::string>& names) {
  for (const auto& node : block) {
    collect(node.pipeline, names);
    collect(node.body, names);
    collect(node.otherwise, names);
  }
}

std::vector<std::string> mentioned_in(const Tree& tree) {
  std::vector<std::string> names;
  collect(tree.root, names);
  for (const auto& [name, block] : tree.defined) collect(block, names);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool names_response(const Operand& operand) {
  const bool is_field = operand.kind == OperandKind::field || operand.kind == OperandKind::variable;
  return is_field && std::find(operand.fields.begin(), operand.fields.end(), "Response") != operand.fields.end();
}

bool prints_response(const Pipeline& pipeline) {
  for (const auto& command : pipeline.commands) {
    for (const auto& operand : command.operands) {
      if (names_response(operand)) return true;
      for (const auto& inner : operand.inner)
        if (prints_response(inner)) return true;
    }
  }
  return false;
}

// Drops all nodes after the one that prints .Response, in the order of the source; conditions do not count.
bool cut_after_response(Block& block) {
  for (auto node = block.begin(); node != block.end(); ++node) {
    bool found = node->kind == NodeKind::action && prints_response(node->pipeline);
    if (!found && cut_after_response(node->body)) {
      node->otherwise.clear();
      found = true;
    }
    if (!found && !cut_after_response(node->otherwise)) continue;
    block.erase(node + 1, block.end());
    return true;
  }
  return false;
}

Node response_node() {
  Operand operand;
  operand.kind = OperandKind::field;
  operand.fields.emplace_back("Response");
  Node node;
  node.kind = NodeKind::action;
  node.pipeline.commands.push_back({{std::move(operand)}});
  return node;
}

bool contains(const std::vector<std::string>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

}  // namespace

GoTemplate::GoTemplate(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)), mentioned_(mentioned_in(*tree_)) {
  Tree cut = *tree_;
  cut_after_response(cut.root);
  until_response_ = std::make_shared<const Tree>(std::move(cut));
}

GoTemplate GoTemplate::parse(std::string_view text) {
  auto tree = std::make_shared<Tree>(parse_template(std::string(text)));
  const auto mentioned = mentioned_in(*tree);
  if (!contains(mentioned, "messages") && !contains(mentioned, "response")) tree->root.push_back(response_node());
  return GoTemplate(std::move(tree));
}

std::string GoTemplate::render(const json::value& data, const RenderLimits& limits) const {
  return execute_template(*tree_, data, limits);
}

std::string GoTemplate::render_until_response(const json::value& data, const RenderLimits& limits) const {
  return execute_template(*until_response_, data, limits);
}

bool GoTemplate::mentions(std::string_view variable) const { return contains(mentioned_, lowercase(variable)); }

const std::string& GoTemplate::text() const { return tree_->source; }

}  // namespace fragua::modelfile
