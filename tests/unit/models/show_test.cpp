#include "models/show.h"

#include "fixtures.h"
#include "modelfile/modelfile.h"
#include "models/creator.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Shown : StoreFixture {
  HeaderCache headers;
  ConfigBody config;
  std::vector<std::pair<std::string_view, std::string>> layers{{media::kModel, small_gguf_bytes()}};
  StoredModel model() {
    put_model(store, "m", layers, config);
    return store.require(ModelName::require("m"));
  }
  ShowResult result(ShowOptions options = {}) { return show(model(), store.blobs(), headers, options); }
  std::vector<std::string> capabilities() { return capabilities_of(model(), store.blobs(), headers); }
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("show: what the layers and the header say") {
  Shown f;
  f.config.model_family = "llama";
  f.config.file_type = "unknown";
  f.layers = {{media::kModel, small_gguf_bytes({.chat_template = "{{ messages }}"})},
              {media::kSystem, "Sé breve."},
              {media::kParams, R"({"top_p":0.9,"stop":["<|a|>","\n"],"num_ctx":4096})"},
              {media::kLicense, "MIT"},
              {media::kLicense, "BSD"}};
  const auto result = f.result();
  CHECK(result.license == "MIT\nBSD");
  CHECK(result.system == "Sé breve.");
  CHECK(result.template_ == "{{ messages }}");
  CHECK(result.details.family == "llama");
  CHECK(result.details.quantization_level == "F16");
  CHECK(result.parameters ==
        "num_ctx                        4096\n"
        "stop                           \"<|a|>\"\n"
        "stop                           \"\\n\"\n"
        "top_p                          0.9");
  CHECK(result.model_info.at("general.architecture") == "llama");
  CHECK(result.model_info.at("general.parameter_count") == 640);
  CHECK(result.model_info.at("llama.context_length") == 2048);
  CHECK(result.model_info.at("llama.rope.freq_base") == 10000);
  CHECK(result.model_info.at("tokenizer.ggml.tokens") == json::array());  // seven: too many to show
  CHECK(result.model_info.at("tokenizer.ggml.token_type") == json::array{1, 1, 1});
  CHECK_FALSE(result.model_info.contains("tokenizer.chat_template"));
  CHECK_FALSE(result.model_info.contains("general.name"));
  CHECK(result.tensors.empty());
}

TEST_CASE("show: verbose has the long lists and the tensors, a projector has its own part") {
  Shown f;
  f.layers.push_back({media::kProjector, small_gguf_bytes({.architecture = "clip"})});
  const auto result = f.result({.verbose = true});
  CHECK(result.model_info.at("tokenizer.ggml.tokens").as_array().size() == 7);
  CHECK(result.tensors.at(0) == json::value({{"name", "token_embd.weight"}, {"type", "F16"}, {"shape", {64, 7}}}));
  CHECK(result.projector_info.at("general.architecture") == "clip");
  CHECK(result.capabilities == Words{"completion", "vision"});
}

TEST_CASE("show: the Modelfile builds an equal model") {
  Shown f;
  f.layers = {{media::kModel, small_gguf_bytes()},
              {media::kTemplate, "{{ .System }}\n{{ .Prompt }}"},
              {media::kSystem, "Una línea.\nY \"otra\"."},
              {media::kParams, R"({"temperature":0.1,"stop":["a","b c"],"num_ctx":4096})"},
              {media::kMessages, R"([{"role":"user","content":"hola"},{"role":"assistant","content":"¿qué tal?"}])"},
              {media::kLicense, "MIT\nlicence"}};
  const auto model = f.model();
  const auto text = modelfile_text(model, true);
  CHECK(text.find("# FROM m:latest\n") != std::string::npos);
  const auto file = modelfile::parse(text);
  CHECK(file.from == Words{model.models[0].string()});
  CreateRequest request;
  apply(file, request);
  CHECK(request.template_ == model.template_);
  CHECK(request.system == model.system);
  CHECK(request.parameters == model.parameters);
  CHECK(request.licenses == model.licenses);
  REQUIRE(request.messages.size() == 2);
  CHECK(request.messages[1].content == "¿qué tal?");
  CHECK(modelfile_text(model, false).find(f.folder.path().string()) == std::string::npos);
  CHECK(modelfile::parse(modelfile_text(model, false)).from == Words{"m:latest"});
}

TEST_CASE("capabilities: the model's own Go template decides over the Jinja text") {
  Shown f;
  f.layers = {{media::kModel, small_gguf_bytes({.chat_template = "tools enable_thinking"})}};
  CHECK(f.capabilities() == Words{"completion", "tools", "thinking"});
  f.layers.push_back({media::kTemplate, "{{ .Prompt }}"});
  CHECK(f.capabilities() == Words{"completion"});
  f.layers.back().second = "{{ .Tools }}{{ .Suffix }}";
  CHECK(f.capabilities() == Words{"completion", "tools", "insert"});
  f.layers = {{media::kModel, small_gguf_bytes({.architecture = "bert", .pooling = true})}};
  CHECK(f.capabilities() == Words{"embedding"});
  f.config.capabilities = {"embedding", "special"};
  CHECK(f.capabilities() == Words{"embedding", "special"});
}

TEST_CASE("show: a damaged model file is an error, and a header is read once") {
  Shown f;
  f.layers = {{media::kModel, "not a GGUF"}};
  CHECK(error_of([&] { f.result(); }).first == "unsupported");
  f.layers = {{media::kModel, small_gguf_bytes()}};
  const auto model = f.model();
  const auto first = f.headers.get(f.store.blobs(), *model.model_digest);
  CHECK(f.headers.get(f.store.blobs(), *model.model_digest) == first);
}
