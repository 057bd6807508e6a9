#include "cli/create.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/files.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "fragua-create-XXXXXX").string();
    path = fs::path(::mkdtemp(pattern.data())) / "project";
    for (const auto* name : {"model.gguf", "lora.gguf", "hf/model.safetensors", "hf/config.json", "hf/tokenizer.json",
                             "hf/1_Pooling/config.json", "hf/README.md", "hf/onnx/model.safetensors",
                             "hf/.git/config.json", "empty/notes.txt"})
      write_file_atomically(path / name, name);
  }
  ~Folder() { fs::remove_all(path.parent_path()); }
  CreatePlan plan(const std::string& text) const {
    return plan_create(modelfile::parse(text), {"mine", "", path, path.parent_path()});
  }
};

std::vector<std::string> names_of(const CreatePlan& plan) {
  std::vector<std::string> names;
  for (const auto& file : plan.files) names.push_back((file.is_adapter ? "adapter " : "") + file.name);
  return names;
}

}  // namespace

TEST_CASE("create: a Modelfile without files becomes a request") {
  const Folder folder;
  const auto plan = folder.plan(
      "FROM qwen2.5-coder:1.5b\nSYSTEM You search.\nPARAMETER temperature 0.1\nPARAMETER stop a\n"
      "PARAMETER stop b\nTEMPLATE {{ .Prompt }}\nMESSAGE user hello\nMESSAGE assistant hi\nLICENSE MIT\n");
  CHECK(plan.files.empty());
  CHECK(plan.body == parse_json(R"({"model":"mine","stream":true,"from":"qwen2.5-coder:1.5b","system":"You search.",
    "parameters":{"temperature":0.1,"stop":["a","b"]},"template":"{{ .Prompt }}","license":["MIT"],
    "messages":[{"role":"user","content":"hello"},{"role":"assistant","content":"hi"}]})")
                         .as_object());
}

TEST_CASE("create: files and adapters are found beside the Modelfile, at an absolute path, and in the home folder") {
  const Folder folder;
  CHECK(names_of(folder.plan("FROM ./model.gguf\nADAPTER lora.gguf\n")) ==
        std::vector<std::string>{"model.gguf", "adapter lora.gguf"});
  CHECK(names_of(folder.plan("FROM model.gguf\n")) == std::vector<std::string>{"model.gguf"});
  CHECK(names_of(folder.plan("FROM " + (folder.path / "model.gguf").string())) ==
        std::vector<std::string>{"model.gguf"});
  CHECK(names_of(folder.plan("FROM ~/project/model.gguf\n")) == std::vector<std::string>{"model.gguf"});
  CHECK_FALSE(folder.plan("FROM ./model.gguf\n").body.contains("from"));
}

TEST_CASE("create: of a folder go the weights, the configuration and the tokenizer, one folder deep") {
  const Folder folder;
  CHECK(names_of(folder.plan("FROM ./hf\n")) ==
        std::vector<std::string>{"1_Pooling/config.json", "config.json", "model.safetensors", "tokenizer.json"});
}

TEST_CASE("create: a path that is not there is an error and not the name of a model") {
  const Folder folder;
  for (const auto* text :
       {"FROM ./missing.gguf\n", "FROM missing.gguf\n", "FROM /missing\n", "FROM a\nADAPTER b\n", "FROM ./empty\n"}) {
    try {
      folder.plan(text);
      FAIL("accepted: ", text);
    } catch (const Error& error) {
      CHECK_MESSAGE(error.code() == ErrorCode::not_found, text);
    }
  }
}
