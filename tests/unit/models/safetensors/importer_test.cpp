#include "models/safetensors/importer.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "base/sha256.h"
#include "base/strings.h"
#include "unit/models/safetensors/toy_models.h"

using namespace fragua;
using namespace fragua::models;

namespace {

// $FRAGUA_TEST_MODELS, or where setting up puts models; empty when it is not there.
fs::path real_model(const std::string& name) {
  const char* models = std::getenv("FRAGUA_TEST_MODELS");
  const char* cache = std::getenv("FRAGUA_CACHE");
  const char* home = std::getenv("HOME");
  const auto folder = models  ? fs::path(models)
                      : cache ? fs::path(cache) / "models"
                              : fs::path(home ? home : "") / ".cache/fragua/models";
  return fs::exists(folder / name / "model.safetensors") ? folder / name : fs::path();
}

}  // namespace

TEST_CASE("importer: the header says what the model is, its size and its name") {
  auto model = toy_gpt2();
  check_keys(imported(model), {{"general.type", "\"model\""},
                               {"general.name", "\"toy\""},
                               {"general.size_label", "\"1.9K\""},
                               {"general.quantization_version", "2"}});
  model.config["_name_or_path"] = "someone/DialoGPT-tiny";
  CHECK(imported(model).value("general.name") == "\"DialoGPT-tiny\"");
  model.config["_name_or_path"] = "/home/someone/models/secret";
  CHECK(imported(model).value("general.name") == "\"toy\"");
}

TEST_CASE("importer: files that lie elsewhere are imported by their names") {
  const TemporaryFolder folder;
  toy_bert().write(folder / "toy");
  std::map<std::string, fs::path> files;
  int number = 0;
  for (const auto& name : file_names(folder / "toy")) {
    const auto blob = folder / ("blob" + std::to_string(number++));
    fs::rename(folder / "toy" / name, blob);
    files[name] = blob;
  }
  HuggingFaceImporter().import_files(files, folder / "out.gguf", {});
  const ReadGguf gguf(folder / "out.gguf");
  CHECK(gguf.header.tensors.size() == 37);
  CHECK(gguf.value("general.name") == "absent");
  files["../config.json"] = "/dev/null";
  CHECK(error_of([&] { HuggingFaceImporter().import_files(files, folder / "no.gguf", {}); }).first ==
        "invalid_argument");
}

TEST_CASE("importer: the same folder gives the same bytes, wherever a hidden copy of it lies") {
  const TemporaryFolder folder;
  toy_qwen2().write(folder / ".scratch-1");
  toy_qwen2().write(folder / ".scratch-2");
  HuggingFaceImporter().import(folder / ".scratch-1", folder / "1.gguf", {});
  HuggingFaceImporter().import(folder / ".scratch-2/", folder / "2.gguf", {});
  CHECK((read_file(folder / "1.gguf") == read_file(folder / "2.gguf")));
}

TEST_CASE("importer: progress goes from nothing to all of the data") {
  const TemporaryFolder folder;
  toy_llama().write(folder / "toy");
  std::vector<std::uint64_t> steps;
  std::uint64_t last_total = 0;
  HuggingFaceImporter().import(folder / "toy", folder / "out.gguf", [&](std::uint64_t done, std::uint64_t total) {
    steps.push_back(done);
    last_total = total;
  });
  CHECK(steps.front() == 0);
  CHECK(steps.back() == last_total);
  CHECK(std::is_sorted(steps.begin(), steps.end()));
  CHECK(last_total > 4000);
}

TEST_CASE("importer: cancelled or failed, it leaves no file") {
  const TemporaryFolder folder;
  auto model = toy_llama();
  model.write(folder / "toy");
  const auto import = [&](const ByteProgress& progress) {
    HuggingFaceImporter().import(folder / "toy", folder / "out.gguf", progress);
  };
  CHECK(error_of([&] {
          import([](std::uint64_t done, std::uint64_t) {
            if (done > 1000) throw Error(ErrorCode::cancelled, "stop");
          });
}).first == "cancelled");
CHECK_FALSE(fs::exists(folder / "out.gguf"));
model.tensors["lm_head.weight"] = {"F32", {6, 16}, bytes_of(std::vector<float>(96, 1e20f))};
model.write(folder / "toy");
CHECK(error_of([&] { import({}); }).first == "unsupported");
CHECK_FALSE(fs::exists(folder / "out.gguf"));
}

TEST_CASE("importer: an unknown architecture is named before anything is written") {
  auto model = toy_llama();
  model.config["architectures"] = json::array{"WhisperForConditionalGeneration"};
  const auto [code, message] = error_of([&] { imported(model); });
  CHECK(code == "unsupported");
  CHECK(message.find("WhisperForConditionalGeneration") != std::string::npos);
}

TEST_CASE("importer: all-MiniLM-L6-v2 becomes what llama.cpp's own converter makes of it, byte for byte") {
  const auto folder = real_model("all-MiniLM-L6-v2");
  if (folder.empty()) {
    MESSAGE("skipped: all-MiniLM-L6-v2 is not there (FRAGUA_TEST_MODELS names the folder of the models)");
    return;
  }
  const TemporaryFolder output;
  HuggingFaceImporter().import(folder, output / "minilm.gguf", {});
  const ReadGguf gguf(output / "minilm.gguf");
  check_keys(gguf, {{"bert.context_length", "512"},
                    {"bert.pooling_type", "1"},
                    {"tokenizer.ggml.bos_token_id", "101"},
                    {"tokenizer.ggml.seperator_token_id", "102"},
                    {"tokenizer.ggml.add_sep_token", "false"},
                    {"tokenizer.ggml.normalizer.lowercase", "true"}});
  // From convert_hf_to_gguf.py of llama-cpp-python 0.3.36 (--outtype f16): the tensors' data, the tokens.
  CHECK(sha256_hex(gguf.all_data()) == "d8f2bb988c81bf10b13645be2b9acafe72269412193ca5d21425938d1381b040");
  const auto& tokens = std::get<GgufArray>(gguf.header.find("tokenizer.ggml.tokens")->value).values;
  std::vector<std::string> texts;
  for (const auto& token : tokens) texts.emplace_back(token.get_string());
  CHECK(sha256_hex(join(texts, "\n")) == "45f3f0defbfbb20c8b606efa549f41fea87dc8c64f169f8e92cdf8802334a55d");
}
