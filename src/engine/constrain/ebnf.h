// EbnfWriter: writes a grammar in xgrammar's notation, rule by rule.
// Callers: schema, gbnf. Threads: one at a time.
// Error(too_large) as soon as the grammar is over its limit.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "engine/constrain/codepoints.h"

namespace fragua::engine {

class EbnfWriter {
 public:
  explicit EbnfWriter(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // A name that no rule has yet; define() must follow.
  std::string reserve() { return "r" + std::to_string(++count_); }
  // `marker`: while this rule is being matched, the matcher says so (GrammarState reads it); -1: no marker.
  void define(const std::string& name, std::string_view body, int marker = -1);
  std::string add(std::string_view body);
  const std::string& text() const { return text_; }

 private:
  std::size_t bytes_max_;
  std::size_t count_ = 0;
  std::string text_;
};

std::string ebnf_literal(std::string_view text);
std::string ebnf_class(const CodepointSet& set);

}  // namespace fragua::engine
