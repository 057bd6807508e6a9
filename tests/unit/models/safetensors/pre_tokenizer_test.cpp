#include "models/safetensors/pre_tokenizer.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/toy_models.h"

using namespace fragua;
using namespace fragua::models;

namespace {

std::string name_of(const std::map<std::string, std::string>& texts, const std::string& fallback = "") {
  const TemporaryFolder folder;
  for (const auto& [name, text] : texts) write_file_atomically(folder / name, text);
  const auto files = SourceFiles::of_folder(folder.path());
  return pre_tokenizer_name(TokenizerFiles(files), fallback);
}

std::string name_of_steps(const json::object& steps, bool ignore_merges = false) {
  auto tokenizer = toy_tokenizer(steps);
  tokenizer["model"].as_object()["ignore_merges"] = ignore_merges;
  return name_of({{"tokenizer.json", to_json(tokenizer)}});
}

json::object digits_step(bool individual) { return {{"type", "Digits"}, {"individual_digits", individual}}; }

}  // namespace

TEST_CASE("pre-tokenizer: the published rules are recognised") {
  const auto split = [](const std::string& pattern) {
    return sequence_of_steps({split_step(pattern), bytes_step(false)});
  };
  CHECK(name_of_steps(bytes_step(true)) == "gpt-2");
  CHECK(name_of_steps(sequence_of_steps({digits_step(true), bytes_step(true)})) == "smollm");
  CHECK(name_of_steps(split(kLlama3Pattern), true) == "llama-bpe");
  CHECK(name_of_steps(split(kLlama3Pattern), false) == "smaug-bpe");
  CHECK(name_of_steps(split(kQwen2Pattern)) == "qwen2");
}

TEST_CASE("pre-tokenizer: control characters may stand for their escapes") {
  std::string raw = kQwen2Pattern;
  for (const auto& [escaped, character] : {std::pair{"\\r", "\r"}, std::pair{"\\n", "\n"}}) {
    for (auto at = raw.find(escaped); at != std::string::npos; at = raw.find(escaped)) raw.replace(at, 2, character);
  }
  CHECK(name_of_steps(sequence_of_steps({split_step(raw), bytes_step(false)})) == "qwen2");
}

TEST_CASE("pre-tokenizer: unknown rules are refused, never guessed") {
  auto spaced = bytes_step(true);
  spaced["add_prefix_space"] = true;
  auto inverted = split_step(kQwen2Pattern);
  inverted["invert"] = true;
  const std::vector<json::object> rows{
      spaced,
      sequence_of_steps({}),
      sequence_of_steps({split_step("\\p{L}+"), bytes_step(false)}),
      sequence_of_steps({inverted, bytes_step(false)}),
      sequence_of_steps({split_step(kQwen2Pattern), bytes_step(true)}),
      sequence_of_steps({digits_step(false), bytes_step(true)}),
      sequence_of_steps({bytes_step(true), digits_step(true)}),
      json::object{{"type", "Metaspace"}},
  };
  for (const auto& row : rows) {
    CAPTURE(to_json(row));
    CHECK(error_of([&] { name_of_steps(row); }).first == "unsupported");
  }
  CHECK(error_of([] { name_of({{"tokenizer.json", R"({"model": {"type": "BPE"}})"}}); }).first == "unsupported");
}

TEST_CASE("pre-tokenizer: without tokenizer.json its class decides, then the architecture") {
  const std::map<std::string, std::string> files{{"vocab.json", "{}"}, {"merges.txt", ""}};
  auto with_class = files;
  with_class["tokenizer_config.json"] = R"({"tokenizer_class": "Qwen2TokenizerFast"})";
  CHECK(name_of(with_class, "gpt-2") == "qwen2");
  with_class["tokenizer_config.json"] = R"({"tokenizer_class": "GPT2Tokenizer"})";
  CHECK(name_of(with_class) == "gpt-2");
  CHECK(name_of(files, "gpt-2") == "gpt-2");
  CHECK(error_of([&] { name_of(files); }).first == "unsupported");
}
