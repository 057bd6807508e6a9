#include "modelfile/template/parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "modelfile/template/functions.h"
#include "modelfile/template/lexer.h"

namespace fragua::modelfile {

namespace {

constexpr std::size_t kMaxVariables = 256;  // at one place: the executor looks a variable up by its name

json::value number_in(const Token& token, std::string_view source) {
  std::string text = token.text;
  std::erase(text, '_');
  const char* start = text.data() + (text[0] == '+');
  const char* end = text.data() + text.size();
  std::int64_t whole = 0;
  double real = 0;
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (const auto [stop, error] = std::from_chars(hexadecimal ? start + 2 : start, end, whole, hexadecimal ? 16 : 10);
      error == std::errc{} && stop == end)
    return whole;
  if (const auto [stop, error] = std::from_chars(start, end, real);
      error == std::errc{} && stop == end && std::isfinite(real))
    return real;
  fail_at(source, token.offset, "bad number syntax: " + token.text.substr(0, 64));
}

Node make_node(NodeKind kind, const Token& token) {
  Node node;
  node.kind = kind;
  node.offset = token.offset;
  return node;
}

class Parser {
 public:
  explicit Parser(Tree& tree) : tree_(tree), tokens_(lex_template(tree.source)), variables_{"$"} {}

  void parse() {
    tree_.root = block();
    if (!ended_by_.empty()) fail(tokens_[at_ - 1], "unexpected {{" + ended_by_ + "}}");
  }

 private:
  // Counts nesting of any sort; what a block declared is forgotten at its end.
  class Scope {
   public:
    explicit Scope(Parser& parser, std::size_t nesting = 1)
        : parser_(parser), variables_(parser.variables_.size()), nesting_(nesting) {
      parser.depth_ += nesting;
      if (parser.depth_ > kTemplateMaxDepth) parser.fail(parser.here(), "nested too deeply");
    }
    ~Scope() {
      parser_.depth_ -= nesting_;
      parser_.variables_.resize(variables_);
    }

   private:
    Parser& parser_;
    std::size_t variables_;
    std::size_t nesting_;
  };

  const Token& here() const { return tokens_[at_]; }
  const Token& after_here() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  bool is_symbol(std::string_view text) const { return here().kind == TokenKind::symbol && here().text == text; }
  bool ends_pipeline() const { return here().kind == TokenKind::action_end || is_symbol(")"); }
  [[noreturn]] void fail(const Token& token, const std::string& message) const {
    fail_at(tree_.source, token.offset, message);
  }
  void expect_end(std::string_view context) {
    if (here().kind != TokenKind::action_end)
      fail(here(), "unexpected \"" + here().text + "\" in " + std::string(context));
    ++at_;
  }

  // Nodes up to {{end}}, {{else}} or the end of the source; which of them stands in ended_by_, consumed as a word.
  Block block() {
    const Scope scope(*this, 0);
    Block nodes;
    while (here().kind != TokenKind::end) {
      const Token& token = tokens_[at_++];
      if (token.kind == TokenKind::text) {
        nodes.push_back(make_node(NodeKind::text, token));
        nodes.back().text = token.text;
        continue;
      }
      if (here().kind == TokenKind::identifier && (here().text == "end" || here().text == "else")) {
        ended_by_ = tokens_[at_++].text;
        return nodes;
      }
      if (auto node = action()) nodes.push_back(std::move(*node));
    }
    ended_by_.clear();
    return nodes;
  }

  // A block that must be closed by {{end}}.
  Block closed_block(const Token& opener) {
    Block nodes = block();
    if (ended_by_ != "end")
      fail(opener, ended_by_.empty() ? "{{" + opener.text + "}} has no {{end}}" : "unexpected {{else}}");
    expect_end("end");
    return nodes;
  }

  std::optional<Node> action() {
    const Token& word = here();
    if (word.kind == TokenKind::identifier) {
      if (word.text == "if") return branch(NodeKind::if_block);
      if (word.text == "range") return branch(NodeKind::range_block);
      if (word.text == "with") return branch(NodeKind::with_block);
      if (word.text == "break") return loop_word(NodeKind::break_loop);
      if (word.text == "continue") return loop_word(NodeKind::continue_loop);
      if (word.text == "template") return call();
      if (word.text == "block") return block_action();
      if (word.text == "define") {
        define();
        return std::nullopt;
      }
    }
    Node node = make_node(NodeKind::action, word);
    node.pipeline = pipeline("command", 1);
    expect_end("command");
    return node;
  }

  Node branch(NodeKind kind) {
    const Token& word = tokens_[at_++];
    const Scope scope(*this);
    Node node = make_node(kind, word);
    node.pipeline = pipeline(word.text, kind == NodeKind::range_block ? 2 : 1);
    expect_end(word.text);
    loops_ += kind == NodeKind::range_block;
    node.body = block();
    loops_ -= kind == NodeKind::range_block;
    if (ended_by_ == "else")
      node.otherwise = else_block(word, kind);
    else if (ended_by_ == "end")
      expect_end("end");
    else
      fail(word, "{{" + word.text + "}} has no {{end}}");
    return node;
  }

  // {{else}} ... {{end}}, or {{else if x}}, which is an if of its own that shares the {{end}}.
  Block else_block(const Token& opener, NodeKind kind) {
    const bool chains =
        here().kind == TokenKind::identifier && ((kind == NodeKind::if_block && here().text == "if") ||
                                                 (kind == NodeKind::with_block && here().text == "with"));
    if (chains) {
      Block nodes;
      nodes.push_back(branch(kind));
      return nodes;
    }
    expect_end("else");
    return closed_block(opener);
  }

  Node loop_word(NodeKind kind) {
    const Token& word = tokens_[at_++];
    if (loops_ == 0) fail(word, "{{" + word.text + "}} outside {{range}}");
    expect_end(word.text);
    return make_node(kind, word);
  }

  std::string template_name(const Token& word) {
    if (here().kind != TokenKind::quoted) fail(here(), "{{" + word.text + "}} needs a quoted name");
    return tokens_[at_++].text;
  }

  Node call() {
    const Token& word = tokens_[at_++];
    Node node = make_node(NodeKind::call, word);
    node.text = template_name(word);
    if (!ends_pipeline()) node.pipeline = pipeline(word.text, 1);
    expect_end(word.text);
    return node;
  }

  Node block_action() {
    const Token& word = here();
    Node node = call();
    if (node.pipeline.commands.empty()) fail(word, "{{block}} needs a value");
    define_body(word, node.text);
    return node;
  }

  void define() {
    const Token& word = tokens_[at_++];
    if (depth_ > 0) fail(word, "{{define}} inside another block");
    const std::string name = template_name(word);
    expect_end(word.text);
    define_body(word, name);
  }

  Block defined_block(const Token& word) {
    const Scope scope(*this);
    return closed_block(word);
  }

  // A defined template sees only its own $.
  void define_body(const Token& word, const std::string& name) {
    std::vector<std::string> outer_variables{"$"};
    std::swap(outer_variables, variables_);
    const std::size_t outer_loops = std::exchange(loops_, 0);
    Block body = defined_block(word);
    std::swap(outer_variables, variables_);
    loops_ = outer_loops;
    tree_.defined[name] = std::move(body);
  }

  Pipeline pipeline(std::string_view context, std::size_t max_variables) {
    Pipeline result;
    result.offset = here().offset;
    declaration(result, max_variables);
    if (ends_pipeline()) fail(here(), "missing value for " + std::string(context));
    while (true) {
      result.commands.push_back(command());
      if (!is_symbol("|")) break;
      ++at_;
      if (ends_pipeline()) fail(here(), "missing value after |");
    }
    if (!result.assigns) variables_.insert(variables_.end(), result.variables.begin(), result.variables.end());
    if (variables_.size() > kMaxVariables) fail(here(), "more than " + std::to_string(kMaxVariables) + " variables");
    return result;
  }

  // $x := , $x = , and in a range $i, $v := . Anything else is left for the commands.
  void declaration(Pipeline& result, std::size_t max_variables) {
    const bool possible = max_variables > 0 && here().kind == TokenKind::variable;
    if (!possible || after_here().kind != TokenKind::symbol) return;
    const std::size_t start = at_;
    std::vector<std::string> names{tokens_[at_++].text};
    if (is_symbol(",")) {
      ++at_;
      if (max_variables < 2 || here().kind != TokenKind::variable) fail(here(), "unexpected \",\"");
      names.push_back(tokens_[at_++].text);
    }
    if (!is_symbol(":=") && !is_symbol("=")) {
      at_ = start;
      return;
    }
    result.assigns = tokens_[at_++].text == "=";
    for (const auto& name : names)
      if (result.assigns) check_variable(tokens_[start], name);
    result.variables = std::move(names);
  }

  void check_variable(const Token& token, const std::string& name) const {
    if (std::find(variables_.begin(), variables_.end(), name) == variables_.end())
      fail(token, "undefined variable \"" + name + "\"");
  }

  Command command() {
    Command result;
    while (!ends_pipeline() && !is_symbol("|")) {
      if (!result.operands.empty() && !here().spaced) fail(here(), "unexpected \"" + here().text + "\" in operand");
      result.operands.push_back(operand());
    }
    if (result.operands.empty()) fail(here(), "missing command before |");
    return result;
  }

  Operand operand() {
    const Token& token = here();
    Operand result = term();
    while (here().kind == TokenKind::field && !here().spaced) {
      if (result.kind == OperandKind::literal || result.kind == OperandKind::nil || result.kind == OperandKind::dot)
        fail(token, "unexpected . after term");
      result.fields.push_back(tokens_[at_++].text);
    }
    return result;
  }

  Operand term() {
    const Token& token = tokens_[at_++];
    Operand result;
    result.offset = token.offset;
    switch (token.kind) {
      case TokenKind::dot:
        return result;
      case TokenKind::identifier:
        return word_operand(token);
      case TokenKind::field:
        result.kind = OperandKind::field;
        result.fields.push_back(token.text);
        return result;
      case TokenKind::variable:
        check_variable(token, token.text);
        result.kind = OperandKind::variable;
        result.name = token.text;
        return result;
      case TokenKind::number:
        return literal(token, number_in(token, tree_.source));
      case TokenKind::quoted:
        return literal(token, json::value(token.text));
      default:
        break;
    }
    if (token.kind != TokenKind::symbol || token.text != "(")
      fail(token, "unexpected \"" + token.text + "\" in operand");
    return parentheses(result);
  }

  Operand parentheses(Operand result) {
    const Scope scope(*this);
    result.kind = OperandKind::parentheses;
    result.inner.push_back(pipeline("parentheses", 0));
    if (!is_symbol(")")) fail(here(), "unclosed left paren");
    ++at_;
    return result;
  }

  Operand literal(const Token& token, json::value value) const {
    Operand result;
    result.offset = token.offset;
    result.kind = OperandKind::literal;
    result.literal = std::move(value);
    return result;
  }

  Operand word_operand(const Token& token) const {
    if (token.text == "true" || token.text == "false") return literal(token, token.text == "true");
    Operand result;
    result.offset = token.offset;
    result.kind = token.text == "nil" ? OperandKind::nil : OperandKind::function;
    result.name = token.text;
    if (result.kind == OperandKind::function && !is_template_function(token.text))
      fail(token, "function \"" + token.text + "\" not defined");
    return result;
  }

  Tree& tree_;
  std::vector<Token> tokens_;
  std::vector<std::string> variables_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t loops_ = 0;
  std::string ended_by_;
};

}  // namespace

Tree parse_template(std::string source) {
  if (source.size() > kTemplateMaxBytes) fail_at("", 0, "larger than " + std::to_string(kTemplateMaxBytes) + " bytes");
  Tree tree;
  tree.source = std::move(source);
  Parser(tree).parse();
  return tree;
}

}  // namespace fragua::modelfile
