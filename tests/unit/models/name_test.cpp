#include "models/name.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("model name: what is left out gets Ollama's defaults") {
  struct Case {
    const char* text;
    const char* full;
    const char* display;
  };
  const Case cases[] = {
      {"llama3", "registry.ollama.ai/library/llama3:latest", "llama3:latest"},
      {"llama3:8b", "registry.ollama.ai/library/llama3:8b", "llama3:8b"},
      {"qwen2.5-coder:1.5b", "registry.ollama.ai/library/qwen2.5-coder:1.5b", "qwen2.5-coder:1.5b"},
      {"ana/modelo", "registry.ollama.ai/ana/modelo:latest", "ana/modelo:latest"},
      {"hf.co/ggml-org/gemma-3-4b-it-GGUF:Q4_K_M", "hf.co/ggml-org/gemma-3-4b-it-GGUF:Q4_K_M",
       "hf.co/ggml-org/gemma-3-4b-it-GGUF:Q4_K_M"},
      {"127.0.0.1:5000/library/tiny:x", "127.0.0.1:5000/library/tiny:x", "127.0.0.1:5000/library/tiny:x"},
      {"http://localhost:5000/me/tiny", "localhost:5000/me/tiny:latest", "localhost:5000/me/tiny:latest"},
      {"Registry.Ollama.AI/Library/Phi", "Registry.Ollama.AI/Library/Phi:latest", "Phi:latest"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto name = ModelName::parse(c.text);
    REQUIRE(name);
    CHECK(name->full() == c.full);
    CHECK(name->display() == c.display);
    CHECK(same_name(*name, ModelName::require(name->display())));
  }
  CHECK(ModelName::require("http://h/a/b").scheme == "http");
  CHECK(ModelName::require("hf.co/a/b").is_hub());
  CHECK_FALSE(ModelName::require("a/b").is_hub());
}

TEST_CASE("model name: what could leave the folder or is malformed is not a name") {
  const std::string long_part(81, 'a');
  const std::string bad[] = {"",
                             ":",
                             "/",
                             "a:",
                             ":b",
                             "a//b",
                             "/a/b",
                             "../a",
                             "a/../b",
                             "..",
                             ".",
                             ".hidden",
                             "a/.b",
                             "a:../x",
                             "a:..",
                             "-a",
                             "a b",
                             "a\\b",
                             "a/b/c/d",
                             "a%2fb",
                             "ñandú",
                             "h/n.s/m",
                             "a:b:c",
                             long_part,
                             "a:" + long_part,
                             "ftp://h/n/m",
                             "a@sha256:1",
                             std::string("a\0b", 3),
                             "~/a",
                             "a/b\n",
                             std::string(351, 'h') + "/n/m"};
  for (const auto& text : bad) {
    CAPTURE(text);
    CHECK_FALSE(ModelName::parse(text));
    CHECK_THROWS_AS(ModelName::require(text), Error);
  }
}

TEST_CASE("model name: the file path goes back and forth") {
  const auto name = ModelName::require("ana/modelo:q8");
  CHECK(name.filepath() == "registry.ollama.ai/ana/modelo/q8");
  CHECK(ModelName::from_filepath(name.filepath()) == name);
  for (const auto* path : {"a/b/c", "a/b/c/d/e", "../b/c/d", "a/b/../d", "a/b/c/.tmp", ""}) {
    CAPTURE(path);
    CHECK_FALSE(ModelName::from_filepath(path));
  }
}

TEST_CASE("model name: case is kept but does not tell names apart") {
  CHECK(ModelName::require("Ana/Modelo").display() == "Ana/Modelo:latest");
  CHECK(same_name(ModelName::require("Ana/Modelo"), ModelName::require("ana/modelo:LATEST")));
  CHECK_FALSE(same_name(ModelName::require("a:b"), ModelName::require("a:c")));
}
