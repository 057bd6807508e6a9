// The parsed form of a Go template: blocks of nodes, pipelines of commands, commands of operands.
// Callers: the parser makes it, the executor and the hints read it. Threads: any once built; plain data.
// Positions are byte offsets into the source, which the Tree keeps for error messages.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fragua::modelfile {

struct Pipeline;

enum class OperandKind { dot, nil, literal, field, variable, function, parentheses };

struct Operand {
  OperandKind kind = OperandKind::dot;
  std::string name;                 // of the variable (with $) or the function
  json::value literal;              // number, text or truth value
  std::vector<Pipeline> inner;      // parentheses: exactly one
  std::vector<std::string> fields;  // .A.B after whatever it is; for a field, all of it
  std::size_t offset = 0;
};

struct Command {
  std::vector<Operand> operands;
};

struct Pipeline {
  std::vector<std::string> variables;  // declared or assigned: none, one, or two in a range
  bool assigns = false;                // = and not :=
  std::vector<Command> commands;
  std::size_t offset = 0;
};

enum class NodeKind { text, action, if_block, range_block, with_block, call, break_loop, continue_loop };

struct Node;
using Block = std::vector<Node>;

struct Node {
  NodeKind kind = NodeKind::text;
  std::string text;   // the text, or the called template's name
  Pipeline pipeline;  // without commands: a call that hands nothing over
  Block body;
  Block otherwise;
  std::size_t offset = 0;
};

struct Tree {
  std::string source;
  Block root;
  std::map<std::string, Block, std::less<>> defined;
};

// Throws invalid_argument: "template 3:14: message".
[[noreturn]] void fail_at(std::string_view source, std::size_t offset, const std::string& message);

}  // namespace fragua::modelfile
