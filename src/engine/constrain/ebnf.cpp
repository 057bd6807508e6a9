#include "engine/constrain/ebnf.h"

#include <fmt/format.h>

#include "base/error.h"

namespace fragua::engine {
namespace {

std::string ebnf_codepoint(Codepoint codepoint) {
  const bool is_plain = (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'A' && codepoint <= 'Z') ||
                        (codepoint >= 'a' && codepoint <= 'z');
  if (is_plain) return std::string(1, char(codepoint));
  return fmt::format("\\U{:08X}", std::uint32_t(codepoint));
}

}  // namespace

void EbnfWriter::define(const std::string& name, std::string_view body, int marker) {
  text_ += name;
  // A sampling temperature is the one attribute of a rule that xgrammar reports while the rule is active.
  if (marker >= 0) text_ += fmt::format("[temperature={}]", marker);
  text_ += fmt::format(" ::= {}\n", body);
  if (text_.size() > bytes_max_)
    throw Error(ErrorCode::too_large, fmt::format("the schema unfolds to a grammar of more than {} bytes", bytes_max_));
}

std::string EbnfWriter::add(std::string_view body) {
  auto name = reserve();
  define(name, body);
  return name;
}

std::string ebnf_literal(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      result += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    else
      result += c;
  }
  return result + "\"";
}

std::string ebnf_class(const CodepointSet& set) {
  std::string result = "[";
  for (auto range : set.ranges()) {
    result += ebnf_codepoint(range.first);
    if (range.last > range.first) result += "-" + ebnf_codepoint(range.last);
  }
  return result + "]";
}

}  // namespace fragua::engine
