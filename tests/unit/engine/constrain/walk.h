// A small vocabulary, all bytes and some longer tokens, and answers drawn from it at random under a grammar: whatever
// comes out must obey the grammar. Callers: the tests of engine/constrain. Threads: one.
#pragma once
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/constrain/grammar.h"
#include "engine/constrain/grammar_state.h"

namespace fragua::engine::walk {

constexpr Token kStop = 256, kControl = 257;

inline GrammarVocabulary vocabulary() {
  GrammarVocabulary result;
  for (int byte = 0; byte < 256; ++byte) result.pieces.emplace_back(1, char(byte));
  result.pieces.push_back("<stop>");
  result.pieces.push_back("<tool>");
  for (const char* piece : {"\", \"",      "\": \"",
                            "{\"",         "\"}",
                            "\"]",         "[\"",
                            ", ",          ": ",
                            "\": ",        "\"a",
                            "\"ab\"",      "\"\"",
                            "\"ab\", \"x", "null",
                            "true",        "false",
                            "ab",          "abc",
                            "abcdefghij",  "aaaaaaaaaaaaaaaaaaaaaaaa",
                            "12",          "123",
                            "0.",          "e+",
                            "\\n",         "\\u",
                            "\\\"",        "\\u00",
                            "d8",          "\\ud83d\\ude00",
                            "ñ",           "é",
                            "😀",           "\xF0\x9F",
                            "\x98\x80",    " \"",
                            "name",        "\"name\": ",
                            "}}",          "]}",
                            "},",          "color",
                            "20",          "-0",
                            "2024-",       " ",
                            "  ",          "\n",
                            "\n  ",        "a\"",
                            "abc\"",       "\": {\"",
                            "\": [",       "x\", \"y\": \"z"})
    result.pieces.emplace_back(piece);
  result.stop_tokens = {kStop};
  result.control_tokens = {kControl};
  result.size = int(result.pieces.size()) + 50;  // models pad their rows
  return result;
}

struct Answer {
  std::string text;
  bool is_whole = false;
};

// Ends as soon as it may, with some probability, or after `tokens_max`.
inline Answer random_answer(const std::shared_ptr<const Grammar>& grammar, std::mt19937& random, int tokens_max) {
  static const auto words = vocabulary();
  GrammarState state(grammar);
  TokenMask mask(words.size);
  Answer answer;
  for (int step = 0; step < tokens_max; ++step) {
    if (!state.fill_mask(mask)) mask.allow_all();
    std::vector<Token> allowed, closing;
    for (Token token = 0; token < words.size; ++token) {
      if (!mask.allows(token)) continue;
      allowed.push_back(token);
      // What ends things, so that answers do end.
      const std::string& piece = words.pieces[std::size_t(token)];
      if (token == kStop || piece == "\"" || piece == "}" || piece == "]") closing.push_back(token);
    }
    CAPTURE(state.text());
    REQUIRE_FALSE(allowed.empty());
    REQUIRE(allowed.back() < Token(words.pieces.size()));
    REQUIRE_FALSE(mask.allows(kControl));
    CHECK(mask.allows(kStop) == state.may_stop());
    const bool ends = !closing.empty() && random() % 4 == 0;
    const auto& from = ends ? closing : allowed;
    const Token token = from[random() % from.size()];
    REQUIRE(state.accept(token));
    if (token == kStop) {
      answer.is_whole = true;
      break;
    }
  }
  answer.text = state.text();
  return answer;
}

}  // namespace fragua::engine::walk
