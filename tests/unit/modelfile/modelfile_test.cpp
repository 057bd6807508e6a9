#include "modelfile/modelfile.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::modelfile;

namespace {

std::string message_of(std::string_view text) {
  try {
    parse(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

Modelfile with_system(std::string text) {
  Modelfile modelfile;
  modelfile.from = {"base"};
  modelfile.system = std::move(text);
  return modelfile;
}

}  // namespace

TEST_CASE("modelfile: every command lands in its field") {
  const Modelfile modelfile = parse(R"(
# a model
FROM ./model.gguf
from ./projector.gguf
ADAPTER ./lora.gguf
DRAFT ./small
Parameter temperature 0.1
PARAMETER stop "<|im_end|>"
PARAMETER stop </s>
TEMPLATE """{{ .System }}
{{ .Prompt }}"""
SYSTEM You are brief.
MESSAGE user Hello
MESSAGE assistant """Hi,
you."""
LICENSE MIT
LICENSE "Apache  "
REQUIRES v0.14.0
RENDERER qwen3
PARSER qwen3
)");
  CHECK(modelfile.from == std::vector<std::string>{"./model.gguf", "./projector.gguf"});
  CHECK(modelfile.adapters == std::vector<std::string>{"./lora.gguf"});
  CHECK(modelfile.drafts == std::vector<std::string>{"./small"});
  CHECK(modelfile.parameters ==
        std::vector<Parameter>{{"temperature", "0.1"}, {"stop", "<|im_end|>"}, {"stop", "</s>"}});
  CHECK(modelfile.template_text == "{{ .System }}\n{{ .Prompt }}");
  CHECK(modelfile.system == "You are brief.");
  CHECK(modelfile.messages == std::vector<Message>{{"user", "Hello"}, {"assistant", "Hi,\nyou."}});
  CHECK(modelfile.licenses == std::vector<std::string>{"MIT", "Apache  "});
  CHECK(modelfile.requires_version == "0.14.0");
  CHECK(modelfile.renderer == "qwen3");
  CHECK(modelfile.parser == "qwen3");
}

TEST_CASE("modelfile: values keep what is quoted and lose the space around them") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"SYSTEM    two  words   ", "two  words"},
      {"SYSTEM\ttab", "tab"},
      {"SYSTEM \"  padded \"", "  padded "},
      {"SYSTEM \"\"", ""},
      {"SYSTEM \"\"\"\nlines\n\"\"\"", "\nlines\n"},
      {"SYSTEM \"one\ntwo\"", "one\ntwo"},
      {"SYSTEM \"\"\"say \"hi\" \"\"\"   ", "say \"hi\" "},
      {"SYSTEM a \"quoted\" word", "a \"quoted\" word"},
      {"SYSTEM not # a comment", "not # a comment"},
      {"SYSTEM \"\"\"# not a comment\n# either\"\"\"", "# not a comment\n# either"},
      {"SYSTEM 'single'", "'single'"},
      {"SYSTEM first\nSYSTEM second", "second"},
      {"SYSTEM caf\u00e9 \u00a0x", "caf\u00e9 \u00a0x"},
      {"SYSTEM bell\a gone", "bell gone"},
  };
  for (const auto& [line, expected] : cases) {
    CAPTURE(line);
    CHECK(parse("FROM base\n" + line).system == expected);
    CHECK(parse("FROM base\n" + line + "\n\nPARAMETER seed 1\n").system == expected);
  }
}

TEST_CASE("modelfile: line ends, byte order marks and UTF-16 make no difference") {
  const Modelfile expected = parse("FROM base\nSYSTEM \"\"\"a\nb\"\"\"\n");
  CHECK(parse("FROM base\r\nSYSTEM \"\"\"a\r\nb\"\"\"\r\n") == expected);
  CHECK(parse("FROM base\rSYSTEM \"\"\"a\rb\"\"\"\r") == expected);
  CHECK(parse("\xEF\xBB\xBF"
              "FROM base\nSYSTEM \"\"\"a\nb\"\"\"") == expected);
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("FROM base\r\nSYSTEM \"\"\"a\nb\"\"\"")) wide += {c, '\0'};
  CHECK(parse(wide) == expected);
}

TEST_CASE("modelfile: an error names the line and what was wrong with it") {
  const std::string commands =
      R"(command must be one of "from", "license", "template", "system", "adapter", "draft", "renderer", "parser", )"
      R"("parameter", "message", or "requires")";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "no FROM line"},
      {"# only a comment", "no FROM line"},
      {"PARAMETER seed 1", "no FROM line"},
      {"FROM base\nBADCOMMAND x", "(line 2): " + commands},
      {"FROM base\nSYSTEM", "(line 2): " + commands},
      {"FROM base\n\nSYSTEM2 x", "(line 3): " + commands},
      {"FROM ", "(line 1): from needs a model, a file or a folder"},
      {"FROM base\nPARAMETER seed", "(line 2): PARAMETER needs a name and a value"},
      {"FROM base\nPARAMETER a-b 1", "(line 2): PARAMETER needs a name and a value"},
      {"FROM base\nSYSTEM \"\"\"a\n\n\"\"\"\nPARAMETER warmth 1", "(line 5): unknown parameter 'warmth'"},
      {"FROM base\nPARAMETER num_ctx many", "(line 2): parameter num_ctx must be an integer, not 'many'"},
      {"FROM base\nPARAMETER top_p 1.5", "(line 2): parameter top_p must be between 0 and 1"},
      {"FROM base\nMESSAGE badguy hi", R"((line 2): message role must be one of "system", "user", or "assistant")"},
      {"FROM base\nMESSAGE user", "(line 2): MESSAGE needs a role and a text"},
      {"FROM base\nREQUIRES latest", "(line 2): requires must be a valid semver (e.g. 0.14.0)"},
      {"FROM base\nREQUIRES 1.2.3.4", "(line 2): requires must be a valid semver (e.g. 0.14.0)"},
      {"FROM base\nSYSTEM \"open\nmore\n", "(line 2): the quoted value that starts here does not end"},
      {"FROM base\nSYSTEM \"\"\"open\"\"", "(line 2): the quoted value that starts here does not end"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(message_of(text) == expected);
  }
}

TEST_CASE("modelfile: what is printed reads back equal") {
  const std::vector<std::string> texts{
      "plain",
      " leading",
      "trailing ",
      "two\nlines",
      "\nstarts with a line end",
      "\"quoted\"",
      "\"half",
      "half\"",
      "say \"hi\"\nthere",
      "ends a line with \"\nand goes on",
      "\"",
      "\"\"",
      "\"\"x",
      "#hash",
      "tab\tinside",
      "x\"\"\"y",
      "{{ if .System }}\"{{ .System }}\"\n{{ end }} ",
  };
  for (const auto& text : texts) {
    Modelfile modelfile = with_system(text);
    modelfile.template_text = text;
    modelfile.licenses = {text, "MIT"};
    modelfile.messages = {{"user", text}, {"assistant", ""}};
    modelfile.parameters = {{"stop", text}, {"num_ctx", "4096"}};
    const std::string printed = print(modelfile);
    CAPTURE(printed);
    CHECK(parse(printed) == modelfile);
  }
}

TEST_CASE("modelfile: the printed form is the plainest that reads back") {
  Modelfile modelfile = with_system("Be\nbrief.");
  modelfile.template_text = "{{ .Prompt }}\n";
  modelfile.parameters = {{"stop", "</s>"}};
  modelfile.messages = {{"user", "Hello"}};
  CHECK(print(modelfile) ==
        "FROM base\nTEMPLATE \"{{ .Prompt }}\n\"\nSYSTEM \"Be\nbrief.\"\nPARAMETER stop </s>\nMESSAGE user Hello\n");
}

TEST_CASE("modelfile: sizes and counts are limited") {
  CHECK_THROWS_AS(parse("FROM base\nSYSTEM " + std::string(kModelfileMaxBytes, 'x')), Error);
  std::string many = "FROM base\n";
  for (std::size_t count = 1; count < kModelfileMaxCommands; ++count) many += "LICENSE x\n";
  CHECK(parse(many).licenses.size() == kModelfileMaxCommands - 1);
  CHECK(message_of(many + "LICENSE x\n") == "(line 10001): a Modelfile may have 10000 commands");
}

TEST_CASE("modelfile: a value that never ends is refused in linear time") {
  const std::string spaces(1 << 20, '\n');
  CHECK(message_of("FROM base\nSYSTEM \"" + spaces) == "(line 2): the quoted value that starts here does not end");
  CHECK(parse("FROM base\nSYSTEM \"x" + spaces + "\"").system == "x" + spaces);
}
