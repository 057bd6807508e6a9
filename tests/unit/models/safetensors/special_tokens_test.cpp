#include "models/safetensors/special_tokens.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Source {
  std::string config = "{}";            // config.json
  std::string tokenizer_config;         // none when empty
  std::string post_processor = "null";  // of tokenizer.json
  std::string normalizer = "null";
};

// Tokens: 0 <s>, 1 </s>, 2 <eot>, 3 [SEP]; all of them special.
ReadGguf described(const Source& source) {
  const TemporaryFolder folder;
  std::string added;
  const std::vector<std::string> tokens{"<s>", "</s>", "<eot>", "[SEP]"};
  for (std::size_t id = 0; id < tokens.size(); ++id) {
    added += (id ? "," : "") + to_json(json::object{{"id", id}, {"content", tokens[id]}, {"special", true}});
  }
  write_file_atomically(folder / "tokenizer.json", R"({"model": {"type": "BPE"}, "added_tokens": [)" + added +
                                                       R"(], "normalizer": )" + source.normalizer +
                                                       R"(, "post_processor": )" + source.post_processor + "}");
  if (!source.tokenizer_config.empty()) {
    write_file_atomically(folder / "tokenizer_config.json", source.tokenizer_config);
  }
  const auto files = SourceFiles::of_folder(folder.path());
  const TokenizerFiles tokenizer(files);
  const ModelConfig config(parse_json(source.config).as_object());
  Vocabulary vocabulary;
  vocabulary.tokens = tokens;
  const SpecialTokens special(tokenizer, config, vocabulary);
  return keys_of([&](GgufWriter& writer) {
    special.describe(writer);
    special.describe_normalizer(writer);
  });
}

std::string single(const std::string& parts, const std::string& pair = "[]") {
  return R"({"type": "TemplateProcessing", "single": [)" + parts + R"(], "pair": )" + pair + "}";
}
std::string special(const std::string& name) { return R"({"SpecialToken": {"id": ")" + name + R"("}})"; }
std::string text(const std::string& name) { return R"({"Sequence": {"id": ")" + name + R"("}})"; }

constexpr const char* kBos = "tokenizer.ggml.bos_token_id";
constexpr const char* kEos = "tokenizer.ggml.eos_token_id";
constexpr const char* kEot = "tokenizer.ggml.eot_token_id";
constexpr const char* kSep = "tokenizer.ggml.seperator_token_id";
constexpr const char* kAddBos = "tokenizer.ggml.add_bos_token";
constexpr const char* kAddEos = "tokenizer.ggml.add_eos_token";
constexpr const char* kAddSep = "tokenizer.ggml.add_sep_token";

}  // namespace

TEST_CASE("special tokens: tokenizer_config.json goes before config.json, text or object") {
  check_keys(described({.config = R"({"bos_token_id": 3, "eos_token_id": 3, "pad_token_id": 2, "unk_token_id": 99})",
                        .tokenizer_config = R"({"bos_token": "<s>", "eos_token": {"content": "</s>"},
                                                "add_bos_token": true, "unk_token": "nowhere"})"}),
             {{kBos, "0"},
              {kEos, "1"},
              {"tokenizer.ggml.padding_token_id", "2"},
              {"tokenizer.ggml.unknown_token_id", "absent"},
              {kAddBos, "true"},
              {kAddEos, "absent"}});
}

TEST_CASE("special tokens: a list of ends in config.json is not taken for a number") {
  CHECK(described({.config = R"({"eos_token_id": [1, 2], "bos_token_id": -1})"}).value(kEos) == "absent");
  CHECK(described({.config = R"({"bos_token_id": -1})"}).value(kBos) == "absent");
}

TEST_CASE("special tokens: the byte-level post-processor adds none") {
  check_keys(
      described({.tokenizer_config = R"({"add_bos_token": true})", .post_processor = R"({"type": "ByteLevel"})"}),
      {{kAddBos, "false"}, {kAddEos, "false"}});
}

TEST_CASE("special tokens: a template shows which tokens are added") {
  const auto llama3 = R"({"type": "Sequence", "processors": [{"type": "ByteLevel"}, )" +
                      single(special("<s>") + "," + text("A")) + "]}";
  check_keys(described({.tokenizer_config = R"({"bos_token": "<s>", "eos_token": "</s>"})", .post_processor = llama3}),
             {{kBos, "0"}, {kEos, "1"}, {kAddBos, "true"}, {kAddEos, "false"}, {kAddSep, "absent"}});
  check_keys(described({.post_processor = single(special("<s>") + "," + text("A") + "," + special("</s>"))}),
             {{kBos, "0"}, {kEos, "1"}, {kAddBos, "true"}, {kAddEos, "true"}});
  check_keys(described({.tokenizer_config = R"({"bos_token": "<s>", "cls_token": "</s>"})",
                        .post_processor = single(special("<eot>") + "," + text("A"))}),
             {{kBos, "0"}, {kAddBos, "false"}});
}

TEST_CASE("special tokens: where a text ends otherwise than the configuration says, its end ends a turn") {
  check_keys(described({.tokenizer_config = R"({"bos_token": "<s>", "eos_token": "<eot>"})",
                        .post_processor = single(special("<s>") + "," + text("A") + "," + special("</s>"))}),
             {{kEos, "1"}, {kEot, "2"}, {kAddEos, "true"}});
}

TEST_CASE("special tokens: BERT's template ends with a separator, which is not added twice") {
  const auto begin = special("<s>") + "," + text("A") + "," + special("[SEP]");
  check_keys(described({.tokenizer_config = R"({"cls_token": "<s>", "sep_token": "[SEP]"})",
                        .post_processor = single(begin, "[" + begin + "," + text("B") + "," + special("[SEP]") + "]")}),
             {{kBos, "0"}, {kEos, "3"}, {kSep, "3"}, {kAddBos, "true"}, {kAddEos, "true"}, {kAddSep, "false"}});
  const auto open = special("<s>") + "," + text("A");
  check_keys(described({.tokenizer_config = R"({"cls_token": "<s>", "sep_token": "[SEP]"})",
                        .post_processor = single(open, "[" + open + "," + special("[SEP]") + "," + text("B") + "]")}),
             {{kAddSep, "true"}});
}

TEST_CASE("special tokens: Roberta's processing adds all three and names two") {
  check_keys(described({.tokenizer_config = R"({"bos_token": "<s>", "eos_token": "</s>"})",
                        .post_processor = R"({"type": "RobertaProcessing", "sep": ["[SEP]", 3], "cls": ["<s>", 0]})"}),
             {{kAddBos, "true"}, {kAddEos, "true"}, {kAddSep, "true"}, {kSep, "3"}});
}

TEST_CASE("special tokens: the normalizer's flags are found in any nesting") {
  constexpr const char* kLower = "tokenizer.ggml.normalizer.lowercase";
  constexpr const char* kAccents = "tokenizer.ggml.normalizer.strip_accents";
  check_keys(described({.normalizer = R"({"type": "BertNormalizer", "lowercase": false, "strip_accents": null})"}),
             {{kLower, "false"}, {kAccents, "absent"}});
  check_keys(described({.normalizer = R"({"type": "Sequence", "normalizers": [{"type": "NFC"},
                          {"type": "Sequence", "normalizers": [{"type": "Lowercase"}, {"type": "StripAccents"}]}]})"}),
             {{kLower, "true"}, {kAccents, "true"}});
  std::string deep = R"({"type": "Lowercase"})";
  for (int i = 0; i < 20; ++i) deep = R"({"type": "Sequence", "normalizers": [)" + deep + "]}";
  check_keys(described({.normalizer = deep}), {{kLower, "absent"}});
}
