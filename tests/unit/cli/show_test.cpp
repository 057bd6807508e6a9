#include "cli/show.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

namespace {

json::object answer() {
  return parse_json(R"({
    "details": {"family": "qwen2", "parameter_size": "1.5B", "quantization_level": "Q4_K_M"},
    "model_info": {"general.architecture": "qwen2", "general.parameter_count": 1543714304, "qwen2.context_length": 32768,
                   "qwen2.embedding_length": 1536, "tokenizer.ggml.tokens": ["a", "b", "c", "d", "e"]},
    "capabilities": ["completion", "tools"],
    "parameters": "stop                           \"<|im_end|>\"\ntemperature                    0.1",
    "system": "line one\n\nline two\nline three",
    "license": "MIT",
    "tensors": [{"name": "output.weight", "type": "Q6_K", "shape": [1536, 151936]}]
  })")
      .as_object();
}

}  // namespace

TEST_CASE("show: the sections of Ollama's show") {
  CHECK(show_text(answer(), false) ==
        "  Model\n"
        "    architecture        qwen2\n"
        "    parameters          1.5B\n"
        "    context length      32768\n"
        "    embedding length    1536\n"
        "    quantization        Q4_K_M\n"
        "\n"
        "  Capabilities\n"
        "    completion\n"
        "    tools\n"
        "\n"
        "  Parameters\n"
        "    stop           \"<|im_end|>\"\n"
        "    temperature    0.1\n"
        "\n"
        "  System\n"
        "    line one\n"
        "    line two\n"
        "    ...\n"
        "\n"
        "  License\n"
        "    MIT\n"
        "\n");
}

TEST_CASE("show: verbose adds metadata with short lists, and tensors") {
  const auto text = show_text(answer(), true);
  CHECK(text.find("tokenizer.ggml.tokens      [a, b, c, ...+2 more]\n") != std::string::npos);
  CHECK(text.find("output.weight    Q6_K    [1536,151936]\n") != std::string::npos);
}

TEST_CASE("show: a model of which little is known is shown all the same") {
  const auto text = show_text(parse_json(R"({"details":{"family":"bert","parameter_size":"23M"}})").as_object(), true);
  CHECK(text.starts_with("  Model\n    architecture    bert\n    parameters      23M\n"));
}
