// Toy models of each architecture: two layers, a handful of tokens, every tensor different.
// Callers: tests/unit/models/safetensors. Threads: one.
#pragma once
#include <string>

#include "unit/models/safetensors/fixtures.h"

namespace fragua::models {

inline constexpr const char* kLlama3Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
inline constexpr const char* kQwen2Pattern =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

inline json::object bytes_step(bool own_pattern) {
  return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", own_pattern}};
}
inline json::object split_step(const std::string& pattern) {
  const json::object regex{{"Regex", pattern}};
  return {{"type", "Split"}, {"pattern", regex}, {"behavior", "Isolated"}, {"invert", false}};
}
inline json::object sequence_of_steps(json::array steps) {
  return {{"type", "Sequence"}, {"pretokenizers", std::move(steps)}};
}

// A byte-level tokenizer of six tokens: a b c ab abc, and one that ends a text.
inline json::object toy_tokenizer(const json::object& pre_tokenizer, const std::string& end = "<|endoftext|>") {
  const json::object end_token{{"id", 5}, {"content", end}, {"special", true}};
  const json::object vocabulary{{"a", 0}, {"b", 1}, {"c", 2}, {"ab", 3}, {"abc", 4}};
  const json::object model{{"type", "BPE"}, {"vocab", vocabulary}, {"merges", json::array{"a b", "ab c"}}};
  return {{"added_tokens", json::array{end_token}}, {"pre_tokenizer", pre_tokenizer}, {"model", model}};
}

// Two layers, width 16, 4 query heads, 2 key heads, 6 tokens.
inline ToyModel toy_llama(const std::string& type = "F32") {
  ToyModel model;
  model.config = {{"architectures", json::array{"LlamaForCausalLM"}},
                  {"hidden_size", 16},
                  {"intermediate_size", 24},
                  {"num_hidden_layers", 2},
                  {"num_attention_heads", 4},
                  {"num_key_value_heads", 2},
                  {"max_position_embeddings", 4096},
                  {"rms_norm_eps", 1e-5},
                  {"rope_theta", 500000.0},
                  {"bos_token_id", 0},
                  {"vocab_size", 6}};
  model.add("model.embed_tokens.weight", {6, 16}, type);
  model.add("model.norm.weight", {16}, type);
  model.add("lm_head.weight", {6, 16}, type);
  for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
    model.add(layer + "input_layernorm.weight", {16}, type);
    model.add(layer + "post_attention_layernorm.weight", {16}, type);
    model.add(layer + "self_attn.q_proj.weight", {16, 16}, type);
    model.add(layer + "self_attn.k_proj.weight", {8, 16}, type);
    model.add(layer + "self_attn.v_proj.weight", {8, 16}, type);
    model.add(layer + "self_attn.o_proj.weight", {16, 16}, type);
    model.add(layer + "mlp.gate_proj.weight", {24, 16}, type);
    model.add(layer + "mlp.up_proj.weight", {24, 16}, type);
    model.add(layer + "mlp.down_proj.weight", {16, 24}, type);
  }
  auto tokenizer = toy_tokenizer(sequence_of_steps({split_step(kLlama3Pattern), bytes_step(false)}));
  tokenizer["model"].as_object()["ignore_merges"] = true;
  model.texts["tokenizer.json"] = to_json(tokenizer);
  model.texts["tokenizer_config.json"] = R"({"eos_token": "<|endoftext|>", "chat_template": "{{ messages }}"})";
  return model;
}

inline ToyModel toy_qwen2() {
  auto model = toy_llama("BF16");
  model.config["architectures"] = json::array{"Qwen2ForCausalLM"};
  model.config["tie_word_embeddings"] = true;
  model.tensors.erase("lm_head.weight");
  for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
    model.add(layer + "self_attn.q_proj.bias", {16}, "BF16");
    model.add(layer + "self_attn.k_proj.bias", {8}, "BF16");
    model.add(layer + "self_attn.v_proj.bias", {8}, "BF16");
  }
  model.texts["tokenizer.json"] =
      to_json(toy_tokenizer(sequence_of_steps({split_step(kQwen2Pattern), bytes_step(false)})));
  return model;
}

inline ToyModel toy_gpt2() {
  ToyModel model;
  model.config = {{"architectures", json::array{"GPT2LMHeadModel"}},
                  {"n_embd", 8},
                  {"n_layer", 2},
                  {"n_head", 2},
                  {"n_ctx", 16},
                  {"n_positions", 16},
                  {"eos_token_id", 5},
                  {"vocab_size", 6}};
  model.add("transformer.wte.weight", {6, 8});
  model.add("transformer.wpe.weight", {16, 8});
  model.add_with_bias("transformer.ln_f", {8}, 8);
  for (const std::string layer : {"transformer.h.0.", "transformer.h.1."}) {
    model.add(layer + "attn.bias", {1, 1, 16, 16});  // the mask, which nobody needs
    model.add_with_bias(layer + "ln_1", {8}, 8);
    model.add_with_bias(layer + "ln_2", {8}, 8);
    model.add_with_bias(layer + "attn.c_attn", {8, 24}, 24);
    model.add_with_bias(layer + "attn.c_proj", {8, 8}, 8);
    model.add_with_bias(layer + "mlp.c_fc", {8, 32}, 32);
    model.add_with_bias(layer + "mlp.c_proj", {32, 8}, 8);
  }
  model.texts["vocab.json"] = R"({"a": 0, "b": 1, "c": 2, "ab": 3, "abc": 4, "<|endoftext|>": 5})";
  model.texts["merges.txt"] = "#version: 0.2\na b\nab c\n";
  return model;
}

inline ToyModel toy_bert() {
  ToyModel model;
  model.config = {{"architectures", json::array{"BertModel"}},
                  {"hidden_size", 8},
                  {"num_hidden_layers", 2},
                  {"num_attention_heads", 2},
                  {"intermediate_size", 12},
                  {"max_position_embeddings", 16},
                  {"type_vocab_size", 2},
                  {"vocab_size", 9}};
  model.tensors["embeddings.position_ids"] = {"I64", {1, 16}, std::string(128, '\0')};
  model.add("embeddings.word_embeddings.weight", {9, 8});
  model.add("embeddings.position_embeddings.weight", {16, 8});
  model.add("embeddings.token_type_embeddings.weight", {2, 8});
  model.add_with_bias("embeddings.LayerNorm", {8}, 8);
  model.add_with_bias("pooler.dense", {8, 8}, 8);
  for (const std::string layer : {"encoder.layer.0.", "encoder.layer.1."}) {
    for (const std::string part : {"self.query", "self.key", "self.value", "output.dense"}) {
      model.add_with_bias(layer + "attention." + part, {8, 8}, 8);
    }
    model.add_with_bias(layer + "attention.output.LayerNorm", {8}, 8);
    model.add_with_bias(layer + "intermediate.dense", {12, 8}, 12);
    model.add_with_bias(layer + "output.dense", {8, 12}, 8);
    model.add_with_bias(layer + "output.LayerNorm", {8}, 8);
  }
  model.texts["vocab.txt"] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\n##ing\n";
  model.texts["tokenizer_config.json"] = R"({"do_lower_case": true, "cls_token": "[CLS]", "sep_token": "[SEP]"})";
  return model;
}

}  // namespace fragua::models
