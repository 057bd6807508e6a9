#include "modelfile/template/lexer.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua::modelfile;

namespace {

// "text:a start field:X end end": enough to see what was read.
std::string shown(const std::string& source) {
  static constexpr std::array<const char*, 11> kNames{"text", "start",  "end",    "word",   "field", "variable",
                                                      "dot",  "number", "quoted", "symbol", "eof"};
  std::string out;
  for (const auto& token : lex_template(source)) {
    out += out.empty() ? "" : " ";
    out += kNames[std::size_t(token.kind)];
    if (!token.text.empty()) out += ":" + token.text;
  }
  return out;
}

}  // namespace

TEST_CASE("template lexer: tokens") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "eof"},
      {"a}}b", "text:a}}b eof"},
      {"a{{.X.Y}}b", "text:a start field:X field:Y end text:b eof"},
      {"{{$a := .}}", "start variable:$a symbol::= dot:. end eof"},
      {"{{f 1 -2.5 `r` (x|y)}}",
       "start word:f number:1 number:-2.5 quoted:r symbol:( word:x symbol:| word:y symbol:) end eof"},
      {"a \n{{- 1 -}}\n b", "text:a start number:1 end text:b eof"},
      {"a{{/* }} */}}b", "text:a text:b eof"},
      {"a {{- /* x */ -}} b", "text:a text:b eof"},
      {"{{\"\\t\\u00e9\\x41\"}}",
       "start quoted:\t\u00e9"
       "A end eof"},
      {"{{caf\u00e9}}", "start word:caf\u00e9 end eof"},
  };
  for (const auto& [source, expected] : cases) {
    CAPTURE(source);
    CHECK(shown(source) == expected);
  }
}

TEST_CASE("template lexer: a token knows where it stands and whether space came before it") {
  const auto tokens = lex_template("ab{{ .X.Y .Z}}");
  REQUIRE(tokens.size() == 7);
  CHECK(tokens[2].offset == 5);
  CHECK(tokens[2].spaced);
  CHECK_FALSE(tokens[3].spaced);
  CHECK(tokens[4].spaced);
  CHECK(tokens[5].offset == 12);
}

TEST_CASE("template lexer: what does not end or is not Go is an error") {
  for (const auto* source : {"{{", "{{ .X", "{{\"a", "{{\"a\n\"}}", "{{`a", "{{'ab'}}", "{{/* a", "{{/* a */ b}}",
                             "{{\"\\u12\"}}", "{{#}}", "{{- -}}"})
    CHECK_THROWS_AS(lex_template(source), fragua::Error);
}
