#include "modelfile/modelfile.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/error.h"
#include "base/strings.h"
#include "modelfile/source_text.h"

namespace fragua::modelfile {

namespace {

constexpr std::string_view kTripleQuote = "\"\"\"";
constexpr std::string_view kCommands =
    R"(command must be one of "from", "license", "template", "system", "adapter", "draft", "renderer", "parser", )"
    R"("parameter", "message", or "requires")";

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_character(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

// The value without its quotes; nothing while a quote is still open.
std::optional<std::string_view> unquoted(std::string_view text) {
  const std::string_view quote = text.starts_with(kTripleQuote) ? kTripleQuote : text.substr(0, 1);
  if (quote.empty() || quote[0] != '"') return text;
  if (text.size() < 2 * quote.size() || !text.ends_with(quote)) return std::nullopt;
  return text.substr(quote.size(), text.size() - 2 * quote.size());
}

struct Value {
  std::string text;
  std::size_t end;  // where the next command may start
};

// From `start` to the first line end at which no quote is open; the space around the value is not part of it. Space
// alone opens or closes nothing, so it is skipped: a long run of it costs no more than its length.
std::optional<Value> read_value(std::string_view text, std::size_t start) {
  start = std::min(text.find_first_not_of(" \t", start), text.size());
  std::size_t end = start;
  while (end < text.size()) {
    end = std::min(text.find('\n', end), text.size());
    const auto last = text.find_last_not_of(" \t", end - (end > start));
    const auto size = end > start && last != std::string_view::npos && last >= start ? last + 1 - start : 0;
    if (const auto value = unquoted(text.substr(start, size)))
      return Value{std::string(*value), std::min(end + 1, text.size())};
    end = std::min(text.find_first_not_of(" \t\n", end), text.size());
  }
  return start == text.size() ? std::optional(Value{"", start}) : std::nullopt;
}

bool is_version(std::string_view text) {
  int numbers = 0;
  while (true) {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0) return false;
    ++numbers;
    text.remove_prefix(digits);
    if (!text.starts_with('.') || numbers == 3) break;
    text.remove_prefix(1);
  }
  if (text.empty()) return true;
  const bool suffix = numbers == 3 && (text[0] == '-' || text[0] == '+') && text.size() > 1;
  return suffix && std::all_of(text.begin() + 1, text.end(), [](char c) {
           return is_letter(c) || std::isdigit(std::uint8_t(c)) || c == '.' || c == '-' || c == '+';
         });
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Modelfile read() {
    while (skip_to_command()) {
      if (++commands_ > kModelfileMaxCommands)
        fail("a Modelfile may have " + std::to_string(kModelfileMaxCommands) + " commands");
      read_command();
    }
    if (modelfile_.from.empty()) throw Error(ErrorCode::invalid_argument, "no FROM line");
    return std::move(modelfile_);
  }

 private:
  bool skip_to_command() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '\n' || text_[at_] == '#'))
      at_ = text_[at_] == '#' ? std::min(text_.find('\n', at_), text_.size()) : at_ + 1;
    start_ = at_;
    return at_ < text_.size();
  }

  void read_command() {
    const std::string name = lowercase(take(is_letter));
    static constexpr std::array<std::string_view, 11> kNames{"from",      "license", "template", "system",
                                                             "adapter",   "draft",   "renderer", "parser",
                                                             "parameter", "message", "requires"};
    if (!at_blank() || std::find(kNames.begin(), kNames.end(), name) == kNames.end()) fail(std::string(kCommands));
    if (name == "parameter") return read_parameter();
    if (name == "message") return read_message();
    store(name, value());
  }

  void read_parameter() {
    skip_blanks();
    std::string name(take(is_name_character));
    if (name.empty() || !at_blank()) fail("PARAMETER needs a name and a value");
    Parameter parameter{std::move(name), value()};
    if (const auto problem = parameter_problem(parameter)) fail(*problem);
    modelfile_.parameters.push_back(std::move(parameter));
  }

  void read_message() {
    skip_blanks();
    const std::string role(take(is_letter));
    if (role != "system" && role != "user" && role != "assistant")
      fail(R"(message role must be one of "system", "user", or "assistant")");
    if (!at_blank()) fail("MESSAGE needs a role and a text");
    modelfile_.messages.push_back({role, value()});
  }

  void store(std::string_view name, std::string value) {
    if (name == "template")
      modelfile_.template_text = std::move(value);
    else if (name == "system")
      modelfile_.system = std::move(value);
    else if (name == "license")
      modelfile_.licenses.push_back(std::move(value));
    else if (name == "renderer")
      modelfile_.renderer = std::move(value);
    else if (name == "parser")
      modelfile_.parser = std::move(value);
    else if (name == "requires")
      store_version(value);
    else
      store_source(name, std::move(value));
  }

  void store_source(std::string_view name, std::string value) {
    if (value.empty()) fail(std::string(name) + " needs a model, a file or a folder");
    auto& list = name == "from" ? modelfile_.from : name == "adapter" ? modelfile_.adapters : modelfile_.drafts;
    list.push_back(std::move(value));
  }

  void store_version(std::string_view value) {
    if (value.starts_with('v')) value.remove_prefix(1);
    if (!is_version(value)) fail("requires must be a valid semver (e.g. 0.14.0)");
    modelfile_.requires_version = value;
  }

  std::string value() {
    auto found = read_value(text_, at_);
    if (!found) fail("the quoted value that starts here does not end");
    at_ = found->end;
    return std::move(found->text);
  }

  template <class Is>
  std::string_view take(Is is) {
    const std::size_t from = at_;
    while (at_ < text_.size() && is(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }
  bool at_blank() const { return at_ < text_.size() && is_blank(text_[at_]); }
  void skip_blanks() { take(is_blank); }

  [[noreturn]] void fail(const std::string& message) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + std::ptrdiff_t(start_), '\n');
    throw Error(ErrorCode::invalid_argument, "(line " + std::to_string(line) + "): " + message);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;  // of the current command
  std::size_t commands_ = 0;
  Modelfile modelfile_;
};

// The plainest of the three ways to write a value that reads back equal.
std::string quoted(const std::string& value) {
  const std::string single = '"' + value + '"';
  const std::string triple = std::string(kTripleQuote) + value + std::string(kTripleQuote);
  if (value.empty()) return single;
  for (const std::string* way : {&value, &single, &triple}) {
    const auto back = read_value(*way, 0);
    if (back && back->text == value && back->end == way->size()) return *way;
  }
  return triple;
}

class Writer {
 public:
  void line(std::string_view command, const std::string& value) {
    text_ += command;
    text_ += ' ';
    text_ += quoted(value);
    text_ += '\n';
  }
  void line_unless_empty(std::string_view command, const std::string& value) {
    if (!value.empty()) line(command, value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

Modelfile parse(std::string_view text) {
  if (text.size() > kModelfileMaxBytes)
    throw Error(ErrorCode::too_large, "the Modelfile is larger than " + human_bytes(kModelfileMaxBytes));
  const std::string plain = plain_text(text);
  return Reader(plain).read();
}

std::string print(const Modelfile& modelfile) {
  Writer out;
  for (const auto& from : modelfile.from) out.line("FROM", from);
  for (const auto& adapter : modelfile.adapters) out.line("ADAPTER", adapter);
  for (const auto& draft : modelfile.drafts) out.line("DRAFT", draft);
  out.line_unless_empty("TEMPLATE", modelfile.template_text);
  out.line_unless_empty("SYSTEM", modelfile.system);
  out.line_unless_empty("RENDERER", modelfile.renderer);
  out.line_unless_empty("PARSER", modelfile.parser);
  out.line_unless_empty("REQUIRES", modelfile.requires_version);
  for (const auto& [name, value] : modelfile.parameters) out.line("PARAMETER " + name, value);
  for (const auto& license : modelfile.licenses) out.line("LICENSE", license);
  for (const auto& [role, content] : modelfile.messages) out.line("MESSAGE " + role, content);
  return out.take();
}

}  // namespace fragua::modelfile
