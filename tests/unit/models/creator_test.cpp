#include "models/creator.h"

#include "fixtures.h"
#include "modelfile/modelfile.h"

using namespace fragua;
using namespace fragua::models;

namespace {

// Turns any folder with a config.json into a small GGUF; notes what it saw.
class FakeImporter : public SafetensorsImporter {
 public:
  void import(const fs::path& folder, const fs::path& out, const ByteProgress& progress) override {
    seen = file_names(folder);
    if (!fs::exists(folder / "config.json")) throw Error(ErrorCode::unsupported, "architecture Mamba is not supported");
    if (progress) progress(1, 2);
    write_small_gguf(out, {.salt = "imported"});
  }
  std::vector<std::string> seen;
};

class FakeQuantizer : public Quantizer {
 public:
  void quantize(const fs::path&, const fs::path& out, const std::string& file_type,
                const ByteProgress& progress) override {
    if (progress) progress(5, 10);
    if (fails) throw Error(ErrorCode::unavailable, "the quantiser stopped");
    write_small_gguf(out, {.file_type = *file_type_number(file_type)});
  }
  bool fails = false;
};

struct Fixture : StoreFixture {
  FakeImporter importer;
  FakeQuantizer quantizer;
  Creator creator{store, importer, quantizer};
  std::vector<std::string> statuses;

  StoredModel create(const CreateRequest& request) {
    statuses.clear();
    creator.create(request, [this](const CreateProgress& progress) {
      if (statuses.empty() || statuses.back() != progress.status) statuses.push_back(progress.status);
    });
    return store.require(request.name);
  }
  Digest upload(const std::string& bytes) { return store.blobs().put(bytes).digest; }
  Digest upload(const SmallGguf& model) { return upload(small_gguf_bytes(model)); }
  bool said(const std::string& start) const {
    return std::any_of(statuses.begin(), statuses.end(), [&](const auto& line) { return line.starts_with(start); });
  }
};

CreateRequest named(const std::string& name) { return {.name = ModelName::require(name)}; }

}  // namespace

TEST_CASE("create: from an uploaded GGUF") {
  Fixture f;
  auto request = named("mine");
  request.files = {{"model.gguf", f.upload(SmallGguf{.architecture = "qwen2", .file_type = 15})}};
  const auto model = f.create(request);
  CHECK(model.name.display() == "mine:latest");
  CHECK(model.config.model_format == "gguf");
  CHECK(model.config.model_family == "qwen2");
  CHECK(model.config.file_type == "Q4_K_M");
  CHECK(model.models.size() == 1);
  CHECK(f.statuses.front() == "gathering model components");
  CHECK(f.said("parsing GGUF"));
  CHECK(f.said("using existing layer sha256:"));
  CHECK(f.statuses[f.statuses.size() - 2] == "writing manifest");
  CHECK(f.statuses.back() == "success");
}

TEST_CASE("create: a Modelfile over a base model inherits what it does not set") {
  Fixture f;
  put_model(f.store, "base",
            {{media::kModel, small_gguf_bytes()},
             {media::kTemplate, "{{ .Prompt }}"},
             {media::kSystem, "base system"},
             {media::kParams, R"({"temperature":0.7,"top_k":40})"},
             {media::kLicense, "MIT"},
             {media::kMessages, R"([{"role":"user","content":"base"}])"}});
  auto request = named("search-nlp");
  request.from = ModelName::require("base");
  apply(modelfile::parse("FROM base\nSYSTEM Extrae filtros.\nPARAMETER temperature 0.1\nPARAMETER top_p 0.9\n"
                         "PARAMETER stop a\nPARAMETER stop b\nLICENSE BSD\n"),
        request);
  const auto model = f.create(request);
  CHECK(model.system == "Extrae filtros.");
  CHECK(model.template_ == "{{ .Prompt }}");
  CHECK(model.parameters.at("temperature") == 0.1);
  CHECK(model.parameters.at("top_p") == 0.9);
  CHECK(model.parameters.at("top_k") == 40);
  CHECK(model.parameters.at("stop") == json::value({"a", "b"}));
  CHECK(model.licenses == std::vector<std::string>{"MIT", "BSD"});
  CHECK(model.messages.at(0).content == "base");
  CHECK(model.parent_model == "base:latest");
  CHECK(f.said("creating new layer sha256:"));

  auto again = named("search-nlp");
  again.from = ModelName::require("search-nlp");
  again.messages = {{"user", "new"}, {"assistant", "yes"}};
  const auto second = f.create(again);
  CHECK(second.system == "Extrae filtros.");
  CHECK(second.messages.size() == 2);
}

TEST_CASE("create: a model and its projector, and an adapter for it") {
  Fixture f;
  auto request = named("eyes");
  request.files = {{"model.gguf", f.upload(SmallGguf{})}, {"mmproj.gguf", f.upload(SmallGguf{.architecture = "clip"})}};
  request.adapters = {{"lora.gguf", f.upload(SmallGguf{.type = "adapter",
                                                       .more_texts = {{"adapter.type", "lora"}},
                                                       .shaped_tensors = {{"blk.0.attn_q.weight.lora_a", {64, 2}},
                                                                          {"blk.0.attn_q.weight.lora_b", {2, 3}}}})}};
  const auto model = f.create(request);
  CHECK(model.projectors.size() == 1);
  CHECK(model.adapters.size() == 1);
  CHECK(model.models.size() == 1);
}

TEST_CASE("create: files of this machine, a GGUF and a folder of safetensors") {
  Fixture f;
  TemporaryFolder mine;
  write_small_gguf(mine / "model.gguf");
  auto request = named("local");
  request.local_paths = {mine / "model.gguf"};
  f.create(request);
  CHECK(f.said("importing model.gguf"));

  fs::create_directory(mine / "folder");
  write_file_atomically(mine / "folder/config.json", "{}");
  auto converted = named("converted");
  converted.local_paths = {mine / "folder"};
  CHECK(f.create(converted).config.file_type == "F16");
  CHECK(f.said("converting model"));
}

TEST_CASE("create: uploaded safetensors reach the importer under their names") {
  Fixture f;
  auto request = named("converted");
  request.files = {{"model.safetensors", f.upload("tensors")}, {"config.json", f.upload("{}")}};
  f.create(request);
  CHECK(f.importer.seen == std::vector<std::string>{"config.json", "model.safetensors"});
  auto unknown = named("unknown");
  unknown.files = {{"model.safetensors", f.upload("tensors")}};
  CHECK(error_of([&] { f.create(unknown); }).second == "architecture Mamba is not supported");
  for (const auto& name : file_names(f.folder / "blobs")) CHECK(name.starts_with("sha256-"));
}

TEST_CASE("create: quantising replaces the model, and a failure leaves no model") {
  Fixture f;
  auto request = named("small");
  request.files = {{"model.gguf", f.upload(SmallGguf{.file_type = 1})}};
  request.quantize = "q8_0";
  CHECK(f.create(request).config.file_type == "Q8_0");
  CHECK(f.said("quantizing F16 model to Q8_0"));
  request.name = ModelName::require("other");
  f.quantizer.fails = true;
  CHECK(error_of([&] { f.create(request); }).first == "unavailable");
  CHECK_FALSE(f.store.find(ModelName::require("other")));
  request.files = {{"model.gguf", f.upload(SmallGguf{.file_type = 15})}};
  CHECK(error_of([&] { f.create(request); }).second == "quantization is only supported for F16, BF16 and F32 models");
  request.quantize = "q99";
  CHECK(error_of([&] { f.create(request); }).second == "unsupported quantization type q99");
}

TEST_CASE("create: replacing a model drops the layers that only the old one named") {
  Fixture f;
  auto request = named("m");
  request.files = {{"model.gguf", f.upload(SmallGguf{})}};
  request.system = "first";
  f.create(request);
  request.system = "second";
  f.create(request);
  CHECK(f.store.blobs().has(Digest::of("second")));
  CHECK_FALSE(f.store.blobs().has(Digest::of("first")));
}

TEST_CASE("create: what cannot become a model is refused with a reason, and nothing is named") {
  Fixture f;
  const auto good = f.upload(SmallGguf{});
  const auto other = f.upload(SmallGguf{.salt = "2"});
  const auto adapter = f.upload(SmallGguf{.architecture = "qwen2", .type = "adapter"});
  const auto misfit = f.upload(SmallGguf{.type = "adapter",
                                         .shaped_tensors = {{"blk.0.attn_q.weight.lora_a", {32, 2}},
                                                            {"blk.0.attn_q.weight.lora_b", {2, 3}}}});
  struct Case {
    std::map<std::string, Digest> files, adapters;
    const char* code;
    const char* message;
  };
  const Case cases[] = {
      {{}, {}, "invalid_argument", "neither 'from' or 'files'"},
      {{{"../x.gguf", good}}, {}, "invalid_argument", "file path must be relative"},
      {{{"/x.gguf", good}}, {}, "invalid_argument", "file path must be relative"},
      {{{"a//x.gguf", good}}, {}, "invalid_argument", "file path must be relative"},
      {{{"x.gguf", Digest::of("not there")}}, {}, "invalid_argument", "upload it first"},
      {{{"x.gguf", f.upload("text")}}, {}, "invalid_argument", "not a GGUF"},
      {{{"x.gguf", f.upload("GGUF....")}}, {}, "unsupported", "version"},
      {{{"x.gguf", f.upload(small_gguf_bytes().substr(0, 600))}}, {}, "corrupt", "damaged GGUF"},
      {{{"a.gguf", good}, {"b.gguf", other}}, {}, "invalid_argument", "more than one model"},
      {{{"a.gguf", f.upload(SmallGguf{.architecture = "clip"})}}, {}, "invalid_argument", "no model among"},
      {{{"a.gguf", f.upload(SmallGguf{.architecture = "gptoss"})}}, {}, "unsupported", "hf.co/"},
      {{{"a.gguf", good}}, {{"l.gguf", other}}, "invalid_argument", "not an adapter"},
      {{{"a.gguf", good}}, {{"l.gguf", adapter}}, "invalid_argument", "trained for qwen2"},
      {{{"a.gguf", good}}, {{"l.gguf", misfit}}, "invalid_argument", "does not fit 'blk.0.attn_q.weight'"},
      {{{"a.gguf", good}}, {{"l.safetensors", adapter}}, "unsupported", "adapters must be GGUF"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.message);
    auto request = named("refused");
    request.files = c.files;
    request.adapters = c.adapters;
    const auto [code, message] = error_of([&] { f.create(request); });
    CHECK(code == c.code);
    CHECK(message.find(c.message) != std::string::npos);
  }
  CHECK(f.store.list().empty());
}

TEST_CASE("create: a bad template or parameter and a missing base are errors") {
  Fixture f;
  auto request = named("m");
  request.files = {{"model.gguf", f.upload(SmallGguf{})}};
  request.template_ = "{{ if }";
  CHECK(error_of([&] { f.create(request); }).first == "invalid_argument");
  request.template_.reset();
  request.parameters = {{"temprature", 1}};
  CHECK(error_of([&] { f.create(request); }).second.find("temprature") != std::string::npos);
  auto missing = named("m");
  missing.from = ModelName::require("nada");
  CHECK(error_of([&] { f.create(missing); }).first == "not_found");
}

TEST_CASE("create: cancelled from the progress callback, it names nothing and leaves no half file") {
  Fixture f;
  auto request = named("m");
  request.files = {{"model.safetensors", f.upload("t")}, {"config.json", f.upload("{}")}};
  const auto cancel = [](const CreateProgress& progress) {
    if (progress.completed > 0) throw Error(ErrorCode::cancelled, "stopped");
  };
  CHECK(error_of([&] { f.creator.create(request, cancel); }).first == "cancelled");
  CHECK(f.store.list().empty());
  CHECK(file_names(f.folder / "blobs").size() == 2);
}
