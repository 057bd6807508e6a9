#include "modelfile/go_template.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::modelfile;

namespace {

struct Case {
  std::string text;
  std::string expected;
};

const json::value& data() {
  static const json::value kData = parse_json(R"({
    "S": "h\u00e9llo", "N": 5, "F": 0.25, "Z": 0, "E": "", "B": true, "Nil": null,
    "L": ["a", "b", "c"], "EL": [], "M": {"b": 2, "a": {"c": [1, {"d": "x"}]}}, "EM": {}, "tool_call_id": "call_1",
    "Tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]})");
  return kData;
}

std::string rendered(const std::string& text, RenderLimits limits = {}) {
  limits.today = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);
  try {
    // .Response, or the template would end with one of its own; it is nil here.
    return GoTemplate::parse(text + "{{ .Response }}").render(data(), limits);
  } catch (const Error& error) {
    return std::string("error: ") + error.what();
  }
}

void check_all(const std::vector<Case>& cases) {
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(rendered(text) == expected);
  }
}

}  // namespace

TEST_CASE("go template: values print as Go prints them") {
  check_all({
      {"{{.S}} {{ .N }} {{.F}} {{.B}} {{.L}} {{.EL}}", "h\u00e9llo 5 0.25 true [a b c] []"},
      {"{{.M.a.c}}", R"([1,{"d":"x"}])"},
      {"{{.M}}", R"({"b":2,"a":{"c":[1,{"d":"x"}]}})"},
      {"[{{.Missing}}{{.Nil}}{{.Missing.More}}]", "[]"},
      {"{{.ToolCallID}} {{(index .Tools 0).Function.Name}}", "call_1 f"},
      {"{{range .Tools}}{{.}}{{end}}", R"({"type":"function","function":{"name":"f","parameters":{"type":"object"}}})"},
      {"{{\"q\\n\\\"\\u00e9\\x41\\101\"}} {{`raw \\n`}} {{'a'}} {{0x10}} {{1.5}} {{1e3}} {{-4}} {{1_000}} {{true}}",
       "q\n\"\u00e9AA raw \\n 97 16 1.5 1000 -4 1000 true"},
      {"{{1e21}} {{0.0000001}}", "1e+21 1e-07"},
  });
}

TEST_CASE("go template: trim markers and comments take away space, and only that") {
  check_all({
      {"a  {{- .N -}}  b", "a5b"},
      {"a {{ .N }} b", "a 5 b"},
      {"a {{- /* c */ -}} b{{/* d */}} e", "ab e"},
      {"x\n\n{{- \"}}\" -}}\t\ny", "x}}y"},
      {"{ { .N }} {{\"{{\"}}", "{ { .N }} {{"},
      {"{{.N}}{{- \" \" -}}{{.N}}", "5 5"},
  });
}

TEST_CASE("go template: truth is Go's") {
  for (const auto* name : {".S", ".N", ".F", ".B", ".L", ".M", "1", "\"x\""})
    CHECK(rendered(std::string("{{if ") + name + "}}y{{else}}n{{end}}") == "y");
  for (const auto* name : {".Z", ".E", ".EL", ".EM", ".Nil", ".Missing", "0", "\"\"", "false"})
    CHECK(rendered(std::string("{{if ") + name + "}}y{{else}}n{{end}}") == "n");
}

TEST_CASE("go template: branches, loops and definitions") {
  check_all({
      {"{{if .Z}}a{{else if .E}}b{{else if .N}}c{{else}}d{{end}}", "c"},
      {"{{range .L}}<{{.}}>{{end}}", "<a><b><c>"},
      {"{{range $i, $v := .L}}{{$i}}={{$v}},{{end}}", "0=a,1=b,2=c,"},
      {"{{range $v := .L}}{{$v}}{{end}}", "abc"},
      {"{{range $k, $v := .M}}{{$k}};{{end}}", "b;a;"},
      {"{{range .EL}}x{{else}}none{{end}}{{range .Nil}}x{{else}}none{{end}}", "nonenone"},
      {"{{range 3}}{{.}}{{end}}{{range 0}}x{{else}}-{{end}}", "012-"},
      {"{{range $i, $v := .L}}{{if eq $i 0}}{{continue}}{{end}}{{$v}}{{break}}{{end}}", "b"},
      {"{{range .L}}{{range $.L}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}};{{end}}", "a;a;a;"},
      {"{{with .M}}{{.b}}{{end}}{{with .E}}x{{else}}no{{end}}{{with .E}}x{{else with .S}}{{.}}{{end}}",
       "2noh\u00e9llo"},
      {"{{with $x := .N}}{{$x}}{{.}}{{$.F}}{{end}}", "550.25"},
      {"{{$x := 1}}{{if true}}{{$x = 2}}{{$y := 3}}{{$y}}{{end}}{{$x}}", "32"},
      {"{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "21"},
      {"{{- define \"t\"}}[{{.}}{{$}}]{{end}}{{template \"t\" .N}}{{template \"t\"}}", "[55][]"},
      {"{{block \"b\" .S}}({{.}}){{end}}{{template \"b\" 1}}", "(h\u00e9llo)(1)"},
      {"{{define \"r\"}}{{if .}}{{len .}}{{template \"r\" (slice . 1)}}{{end}}{{end}}{{template \"r\" .L}}", "321"},
      {"{{range $i, $_ := .L}}{{$last := eq (len (slice $.L $i)) 1}}{{if $last}}L{{else}}.{{end}}{{end}}", "..L"},
  });
}

TEST_CASE("go template: an error says where and what") {
  check_all({
      {"{{foo .N}}", "error: template 1:3: function \"foo\" not defined"},
      {"a\nb {{$undef}}", "error: template 2:5: undefined variable \"$undef\""},
      {"{{if .N}}", "error: template 1:3: {{if}} has no {{end}}"},
      {"x{{end}}", "error: template 1:4: unexpected {{end}}"},
      {"{{else}}", "error: template 1:3: unexpected {{else}}"},
      {"{{with .N}}{{else}}{{else}}{{end}}", "error: template 1:3: unexpected {{else}}"},
      {"{{break}}", "error: template 1:3: {{break}} outside {{range}}"},
      {"{{range .L}}{{else}}{{continue}}{{end}}", "error: template 1:23: {{continue}} outside {{range}}"},
      {"{{if}}x{{end}}", "error: template 1:5: missing value for if"},
      {"{{}}", "error: template 1:3: missing value for command"},
      {"{{| .N}}", "error: template 1:3: missing command before |"},
      {"{{.N |}}", "error: template 1:7: missing value after |"},
      {"{{(.N}}", "error: template 1:6: unclosed left paren"},
      {"{{.N)}}", "error: template 1:5: unexpected \")\" in command"},
      {"{{ .N ", "error: template 1:7: unexpected '{' in action"},
      {"{{ `{{ ", "error: template 1:4: this quoted text does not end"},
      {"{{/* a }}", "error: template 1:1: this comment does not end"},
      {"{{\"a\n\"}}", "error: template 1:3: this quoted text does not end"},
      {"{{\"\\z\"}}", "error: template 1:4: unknown escape in quoted text"},
      {"{{1.2.3}}", "error: template 1:3: bad number syntax: 1.2.3"},
      {"{{\"a\".b}}", "error: template 1:3: unexpected . after term"},
      {"{{\"a\"\"b\"}}", "error: template 1:6: unexpected \"b\" in operand"},
      {"{{%}}", "error: template 1:3: unexpected '%' in action"},
      {"{{nil}}", "error: template 1:3: nil is not a command"},
      {"{{1 | 2}}", "error: template 1:7: can't give arguments to what is not a function"},
      {"{{.N 1}}", "error: template 1:3: can't give arguments to what is not a function"},
      {"{{.N.x}}", "error: template 1:3: can't evaluate field x in a number"},
      {"{{range .S}}x{{end}}", "error: template 1:3: range can't iterate over a text"},
      {"{{template \"nope\"}}", "error: template 1:3: template \"nope\" not defined"},
      {"{{if .N}}{{define \"x\"}}{{end}}{{end}}", "error: template 1:12: {{define}} inside another block"},
      {"{{define \"d\"}}{{$q}}{{end}}", "error: template 1:17: undefined variable \"$q\""},
      {"{{$a, $b := .L}}", "error: template 1:7: unexpected \",\""},
      {"{{eq 1}}", "error: template 1:3: error calling eq: wrong number of arguments for eq: 1"},
      {"{{index .L 5}}", "error: template 1:3: error calling index: index out of range: 5"},
  });
}

TEST_CASE("go template: no template runs or grows without end") {
  RenderLimits tight;
  tight.steps = 1000;
  tight.output_bytes = 1000;
  tight.produced_bytes = 1000;
  const std::vector<Case> cases{
      {"{{range 1000000000}}{{end}}", "error: template 1:3: takes more than 1000 steps"},
      {"{{range 400}}1234567890{{end}}", "error: the template produces too much text"},
      {"{{$x := printf \"%900s\" \"\"}}{{$x = print $x $x}}", "error: the template produces too much text"},
      {"{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}", "error: template 1:17: nested too deeply"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(rendered(text, tight) == expected);
  }
  std::string deep = ".N";
  for (int level = 0; level < 100; ++level) deep = "(" + deep + ")";
  CHECK(rendered("{{" + deep + "}}").find("nested too deeply") != std::string::npos);
  std::string blocks;
  for (int level = 0; level < 100; ++level) blocks += "{{if 1}}";
  CHECK(rendered(blocks).find("nested too deeply") != std::string::npos);
  CHECK(rendered(std::string(2 << 20, 'x')).find("larger than") != std::string::npos);
}

TEST_CASE("go template: what it mentions tells its capabilities") {
  const auto tools = GoTemplate::parse("{{ range .Messages }}{{ if $.Tools }}{{ (index . 0).Deep }}{{ end }}{{ end }}");
  CHECK(tools.mentions("tools"));
  CHECK(tools.mentions("Messages"));
  CHECK(tools.mentions("deep"));
  CHECK_FALSE(tools.mentions("suffix"));
  CHECK(GoTemplate::parse("{{ define \"x\" }}{{ .Suffix }}{{ end }}").mentions("suffix"));
  CHECK_FALSE(GoTemplate::parse(".Tools").mentions("tools"));
}

TEST_CASE("go template: .Response is added where it is missing, and cut at where the model goes on") {
  const json::value values = parse_json(R"({"Prompt": "p", "Response": "r", "X": false})");
  const std::vector<std::array<std::string, 3>> cases{
      {"[{{ .Prompt }}]", "[p]r", "[p]r"},
      {"[{{ .Prompt }}]{{ .Response }}<end>{{ .Prompt }}", "[p]r<end>p", "[p]r"},
      {"{{ if .X }}{{ .Response }}{{ else }}no{{ end }}tail", "notail", ""},
      {"{{ if .Response }}{{ .Response }}<end>{{ end }}tail", "r<end>tail", "r"},
      {"{{ .Messages }}x", "x", "x"},
  };
  for (const auto& [text, whole, cut] : cases) {
    CAPTURE(text);
    const auto parsed = GoTemplate::parse(text);
    CHECK(parsed.text() == text);
    CHECK(parsed.render(values, {}) == whole);
    CHECK(parsed.render_until_response(values, {}) == cut);
  }
}
