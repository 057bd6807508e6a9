#include <doctest/doctest.h>

#include "unit/models/safetensors/toy_models.h"

using namespace fragua;
using namespace fragua::models;

namespace {

constexpr const char* kPooling = "bert.pooling_type";
constexpr const char* kModules =
    R"([{"type": "sentence_transformers.models.Transformer", "path": ""},
        {"type": "sentence_transformers.models.Pooling", "path": "2_Pool"}])";

}  // namespace

TEST_CASE("BERT: keys, tensors, the parts an embedding does not use left out") {
  const auto model = toy_bert();
  const auto gguf = imported(model);
  check_keys(gguf, {{"general.architecture", "\"bert\""},
                    {"bert.block_count", "2"},
                    {"bert.context_length", "16"},
                    {"bert.attention.head_count", "2"},
                    {"bert.attention.causal", "false"},
                    {"tokenizer.ggml.token_type_count", "2"},
                    {kPooling, "1"}});
  CHECK(gguf.header.tensors.size() == 37);
  CHECK(gguf.values("blk.1.attn_q.weight") == toy_values(model, "encoder.layer.1.attention.self.query.weight"));
  CHECK(gguf.values("blk.1.layer_output_norm.bias") == toy_values(model, "encoder.layer.1.output.LayerNorm.bias"));
  CHECK(gguf.find("token_types.weight")->type == std::uint32_t(TensorType::f32));
  CHECK(gguf.find("blk.0.ffn_up.weight")->type == std::uint32_t(TensorType::f16));
}

TEST_CASE("BERT: the pooling is what its module says") {
  struct Row {
    std::map<std::string, std::string> texts;
    const char* pooling;
  };
  const std::vector<Row> rows{
      {{}, "1"},
      {{{"1_Pooling/config.json", R"({"pooling_mode_mean_tokens": true})"}}, "1"},
      {{{"1_Pooling/config.json", R"({"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false})"}}, "2"},
      {{{"1_Pooling/config.json", R"({"pooling_mode_lasttoken": true})"}}, "3"},
      {{{"1_Pooling/config.json", R"({"pooling_mode": "cls"})"}}, "2"},
      {{{"modules.json", kModules}, {"2_Pool/config.json", R"({"pooling_mode_cls_token": true})"}}, "2"},
  };
  for (const auto& row : rows) {
    auto model = toy_bert();
    for (const auto& [name, text] : row.texts) model.texts[name] = text;
    CHECK(imported(model).value(kPooling) == row.pooling);
  }
  auto model = toy_bert();
  model.texts["1_Pooling/config.json"] = R"({"pooling_mode_max_tokens": true})";
  CHECK(error_of([&] { imported(model); }).first == "unsupported");
}

TEST_CASE("BERT: old names (gamma, beta), the wrapper's prefix and its heads are the same model") {
  auto model = toy_bert();
  const auto plain = imported(model).all_data();
  ToyTensors renamed;
  for (const auto& [name, tensor] : model.tensors) {
    auto old = "bert." + name;
    const auto norm = old.find("LayerNorm.");
    if (norm != std::string::npos)
      old = old.substr(0, norm) + (old.ends_with("weight") ? "LayerNorm.gamma" : "LayerNorm.beta");
    renamed[old] = tensor;
  }
  renamed["cls.predictions.bias"] = toy_tensor({9});
  model.tensors = renamed;
  model.config["architectures"] = json::array{"BertForMaskedLM"};
  const auto gguf = imported(model);
  CHECK(gguf.header.tensors.size() == 37);
  CHECK(gguf.all_data().size() == plain.size());
  CHECK(gguf.values("token_embd_norm.weight") == toy_values(toy_bert(), "embeddings.LayerNorm.weight"));
}

TEST_CASE("BERT: relative positions and other tokenizers are refused") {
  auto model = toy_bert();
  model.config["position_embedding_type"] = "relative_key";
  CHECK(error_of([&] { imported(model); }).first == "unsupported");
  model = toy_bert();
  model.texts["tokenizer.json"] = R"({"model": {"type": "Unigram", "vocab": [["a", 0.0]]}})";
  CHECK(error_of([&] { imported(model); }).second.find("Unigram") != std::string::npos);
}
