#include "models/safetensors/chat_template.h"

#include <doctest/doctest.h>

#include "models/safetensors/tokenizer_files.h"
#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

ReadGguf described(std::map<std::string, std::string> texts) {
  const TemporaryFolder folder;
  texts.emplace("tokenizer.json", R"({"model": {"type": "BPE"}})");
  for (const auto& [name, text] : texts) write_file_atomically(folder / name, text);
  const auto files = SourceFiles::of_folder(folder.path());
  return keys_of([&](GgufWriter& writer) { describe_chat_template(TokenizerFiles(files), writer); });
}

constexpr const char* kKey = "tokenizer.chat_template";

}  // namespace

TEST_CASE("chat template: tokenizer_config.json goes before the files beside it") {
  CHECK(described({{"tokenizer_config.json", R"({"chat_template": "A"})"}, {"chat_template.jinja", "B"}}).value(kKey) ==
        "\"A\"");
  CHECK(described({{"tokenizer_config.json", "{}"}, {"chat_template.jinja", "B"}}).value(kKey) == "\"B\"");
  CHECK(described({{"chat_template.json", R"({"chat_template": "C"})"}}).value(kKey) == "\"C\"");
  CHECK(described({{"tokenizer_config.json", R"({"chat_template": 1})"}}).value(kKey) == "absent");
  CHECK(described({}).value(kKey) == "absent");
}

TEST_CASE("chat template: named templates have keys of their own, with safe names") {
  const auto gguf = described({{"tokenizer_config.json", R"({"chat_template": [{"name": "default", "template": "A"},
      {"name": "tool use", "template": "B"}, {"template": "C"}, {"name": "broken"}]})"}});
  check_keys(
      gguf,
      {{kKey, "\"A\""}, {"tokenizer.chat_template.tool_use", "\"B\""}, {"tokenizer.chat_templates", "[\"tool_use\"]"}});
  check_keys(described({{"chat_template.jinja", "A"}, {"additional_chat_templates/rag.jinja", "R"}}),
             {{kKey, "\"A\""}, {"tokenizer.chat_template.rag", "\"R\""}});
}
