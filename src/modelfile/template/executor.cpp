#include "modelfile/template/executor.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/error.h"
#include "modelfile/template/format.h"
#include "modelfile/template/functions.h"
#include "modelfile/template/value.h"

namespace fragua::modelfile {

namespace {

enum class Flow { next, break_loop, continue_loop };

// ToolCallID -> tool_call_id, as the JSON of the same struct would call it.
std::string snake_case(std::string_view name) {
  const auto is_upper = [&](std::size_t at) { return at < name.size() && name[at] >= 'A' && name[at] <= 'Z'; };
  std::string result;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool starts_word =
        is_upper(at) && at > 0 && (!is_upper(at - 1) || (at + 1 < name.size() && !is_upper(at + 1)));
    if (starts_word) result += '_';
    result += is_upper(at) ? char(name[at] - 'A' + 'a') : name[at];
  }
  return result;
}

class Executor {
 public:
  Executor(const Tree& tree, const RenderLimits& limits)
      : tree_(tree),
        limits_(limits),
        steps_left_(limits.steps),
        bytes_left_(limits.produced_bytes),
        out_(limits.output_bytes) {}

  std::string run(const json::value& data) {
    const Value value = Value::borrow(data);
    variables_.push_back({"$", value});
    walk(tree_.root, value);
    return out_.take();
  }

 private:
  struct Variable {
    std::string_view name;
    Value value;
  };

  // Nesting of any sort, and the variables a block declares.
  class Scope {
   public:
    Scope(Executor& executor, std::size_t offset) : executor_(executor), variables_(executor.variables_.size()) {
      if (++executor.depth_ > executor.limits_.depth) executor.fail(offset, "nested too deeply");
    }
    ~Scope() {
      --executor_.depth_;
      executor_.variables_.resize(variables_);
    }

   private:
    Executor& executor_;
    std::size_t variables_;
  };

  [[noreturn]] void fail(std::size_t offset, const std::string& message) const {
    fail_at(tree_.source, offset, message);
  }

  void step(std::size_t offset) {
    if (steps_left_ == 0) fail(offset, "takes more than " + std::to_string(limits_.steps) + " steps");
    --steps_left_;
  }

  Flow walk(const Block& block, const Value& dot) {
    for (const Node& node : block) {
      const Flow flow = visit(node, dot);
      if (flow != Flow::next) return flow;
    }
    return Flow::next;
  }

  Flow visit(const Node& node, const Value& dot) {
    step(node.offset);
    switch (node.kind) {
      case NodeKind::text:
        out_.append(node.text);
        return Flow::next;
      case NodeKind::action:
        act(node, dot);
        return Flow::next;
      case NodeKind::if_block:
      case NodeKind::with_block:
        return branch(node, dot);
      case NodeKind::range_block:
        return range(node, dot);
      case NodeKind::call:
        call_template(node, dot);
        return Flow::next;
      case NodeKind::break_loop:
        return Flow::break_loop;
      case NodeKind::continue_loop:
        return Flow::continue_loop;
    }
    return Flow::next;
  }

  void act(const Node& node, const Value& dot) {
    const Value value = evaluate(node.pipeline, dot);
    bind(node.pipeline, value);
    if (node.pipeline.variables.empty()) append_printed(value, out_);
  }

  Flow branch(const Node& node, const Value& dot) {
    const Scope scope(*this, node.offset);
    const Value value = evaluate(node.pipeline, dot);
    bind(node.pipeline, value);
    const bool taken = value.truth();
    return walk(taken ? node.body : node.otherwise, taken && node.kind == NodeKind::with_block ? value : dot);
  }

  Flow range(const Node& node, const Value& dot) {
    const Scope scope(*this, node.offset);
    const Value over = evaluate(node.pipeline, dot);
    if (!node.pipeline.assigns)
      for (const auto& name : node.pipeline.variables) variables_.push_back({name, over});
    bool stopped = false;
    const auto iterate = [&](const Value& key, const Value& item) {
      stopped = iteration(node, key, item) == Flow::break_loop;
      return !stopped;
    };
    const bool any = over.is_object()    ? each_member(over, iterate)
                     : over.is_list()    ? each_item(over, iterate)
                     : over.is_integer() ? each_number(over, iterate)
                                         : false;
    if (any) return Flow::next;
    if (over.truth()) fail(node.offset, "range can't iterate over " + std::string(over.kind_name()));
    return walk(node.otherwise, dot);
  }

  template <class Iterate>
  static bool each_member(const Value& over, Iterate iterate) {
    for (const auto& [key, item] : over.object())
      if (!iterate(Value::own(json::value(std::string_view(key))), over.part(item))) break;
    return !over.object().empty();
  }

  template <class Iterate>
  static bool each_item(const Value& over, Iterate iterate) {
    const auto list = over.list();
    for (std::size_t index = 0; index < list.size(); ++index)
      if (!iterate(Value::own(std::int64_t(index)), over.part(list[index]))) break;
    return !list.empty();
  }

  template <class Iterate>
  static bool each_number(const Value& over, Iterate iterate) {
    const auto count = over.json().is_int64() ? over.json().get_int64() : std::numeric_limits<std::int64_t>::max();
    for (std::int64_t index = 0; index < count; ++index)
      if (!iterate(Value::own(index), Value::own(index))) break;
    return count > 0;
  }

  // One variable is the item; of two the first is the index or key.
  Flow iteration(const Node& node, const Value& key, const Value& item) {
    step(node.offset);
    const auto& names = node.pipeline.variables;
    if (!names.empty()) set(names.back(), item);
    if (names.size() == 2) set(names.front(), key);
    const std::size_t outer_variables = variables_.size();
    const Flow flow = walk(node.body, item);
    variables_.resize(outer_variables);
    return flow;
  }

  void call_template(const Node& node, const Value& dot) {
    const auto found = tree_.defined.find(node.text);
    if (found == tree_.defined.end()) fail(node.offset, "template \"" + node.text.substr(0, 64) + "\" not defined");
    const Value value = node.pipeline.commands.empty() ? Value() : evaluate(node.pipeline, dot);
    const Scope scope(*this, node.offset);
    const std::size_t outer_frame = std::exchange(frame_, variables_.size());
    variables_.push_back({"$", value});
    walk(found->second, value);
    frame_ = outer_frame;
  }

  void bind(const Pipeline& pipeline, const Value& value) {
    for (const auto& name : pipeline.variables) {
      if (pipeline.assigns)
        set(name, value);
      else
        variables_.push_back({name, value});
    }
  }

  // The parser has made sure that it exists.
  Value& variable(std::string_view name) {
    const auto end = variables_.rend() - std::ptrdiff_t(frame_);
    return std::find_if(variables_.rbegin(), end, [&](const Variable& each) { return each.name == name; })->value;
  }
  void set(std::string_view name, const Value& value) { variable(name) = value; }

  Value evaluate(const Pipeline& pipeline, const Value& dot) {
    Value value;
    for (const Command& command : pipeline.commands) {
      const bool first = &command == pipeline.commands.data();
      value = evaluate(command, dot, first ? nullptr : &value);
    }
    return value;
  }

  // `last`: what the pipeline hands over, the last argument.
  Value evaluate(const Command& command, const Value& dot, const Value* last) {
    const Operand& head = command.operands[0];
    if (head.kind == OperandKind::function) return call_function(command, dot, last);
    if (command.operands.size() > 1 || last) fail(head.offset, "can't give arguments to what is not a function");
    if (head.kind == OperandKind::nil) fail(head.offset, "nil is not a command");
    return evaluate(head, dot);
  }

  Value call_function(const Command& command, const Value& dot, const Value* last) {
    const Operand& head = command.operands[0];
    step(head.offset);
    Value result;
    if (head.name == "and" || head.name == "or") {
      result = choose(command, dot, last);
    } else {
      std::vector<Value> arguments;
      for (std::size_t index = 1; index < command.operands.size(); ++index)
        arguments.push_back(evaluate(command.operands[index], dot));
      if (last) arguments.push_back(*last);
      auto outcome = call_template_function({head.name, arguments, limits_.today, bytes_left_, steps_left_});
      if (!outcome) fail(head.offset, "error calling " + head.name + ": " + outcome.error().what());
      result = *std::move(outcome);
    }
    return fields_of(head, std::move(result));
  }

  // and: the first that is not true, or the last one; or: the first that is true, or the last one.
  Value choose(const Command& command, const Value& dot, const Value* last) {
    const Operand& head = command.operands[0];
    const bool wanted = head.name == "or";
    Value value;
    for (std::size_t index = 1; index < command.operands.size(); ++index) {
      value = evaluate(command.operands[index], dot);
      if (value.truth() == wanted) return value;
    }
    if (last) return *last;
    if (command.operands.size() == 1) fail(head.offset, "wrong number of arguments for " + head.name + ": 0");
    return value;
  }

  Value evaluate(const Operand& operand, const Value& dot) {
    step(operand.offset);
    switch (operand.kind) {
      case OperandKind::dot:
        return dot;
      case OperandKind::nil:
        return {};
      case OperandKind::literal:
        return Value::borrow(operand.literal);
      case OperandKind::field:
        return fields_of(operand, dot);
      case OperandKind::variable:
        return fields_of(operand, variable(operand.name));
      case OperandKind::parentheses: {
        const Scope scope(*this, operand.offset);
        return fields_of(operand, evaluate(operand.inner[0], dot));
      }
      case OperandKind::function: {
        Command command;
        command.operands.push_back(operand);
        return call_function(command, dot, nullptr);
      }
    }
    return {};
  }

  Value fields_of(const Operand& operand, Value value) const {
    for (const std::string& name : operand.fields) {
      if (value.is_nil()) return {};
      if (!value.is_object())
        fail(operand.offset, "can't evaluate field " + name + " in " + std::string(value.kind_name()));
      const json::value* found = value.object().if_contains(name);
      if (!found) found = value.object().if_contains(snake_case(name));
      value = found ? value.part(*found) : Value();
    }
    return value;
  }

  const Tree& tree_;
  const RenderLimits& limits_;
  std::size_t steps_left_;
  std::size_t bytes_left_;
  std::size_t depth_ = 0;
  std::size_t frame_ = 0;  // where the running template's variables start
  std::vector<Variable> variables_;
  BoundedText out_;
};

}  // namespace

std::string execute_template(const Tree& tree, const json::value& data, const RenderLimits& limits) {
  return Executor(tree, limits).run(data);
}

}  // namespace fragua::modelfile
