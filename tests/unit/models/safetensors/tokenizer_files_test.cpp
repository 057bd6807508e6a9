#include "models/safetensors/tokenizer_files.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/toy_models.h"

using namespace fragua;
using namespace fragua::models;

namespace {

using Texts = std::map<std::string, std::string>;

struct Read {
  TemporaryFolder folder;
  std::unique_ptr<SourceFiles> files;
  std::unique_ptr<TokenizerFiles> tokenizer;
  explicit Read(const Texts& texts) {
    for (const auto& [name, text] : texts) write_file_atomically(folder / name, text);
    files = std::make_unique<SourceFiles>(SourceFiles::of_folder(folder.path()));
    tokenizer = std::make_unique<TokenizerFiles>(*files);
  }
  // "3:<x>*" for each added token, * for special ones.
  std::string added() const {
    std::string text;
    for (const auto& [id, token] : tokenizer->added_tokens(tokenizer->base_vocabulary())) {
      text += std::to_string(id) + ":" + token.content + (token.is_special ? "* " : " ");
    }
    return text;
  }
};

}  // namespace

TEST_CASE("tokenizer files: the kind follows from what there is") {
  CHECK(Read(Texts{{"tokenizer.json", R"({"model": {"type": "BPE"}})"}}).tokenizer->kind == TokenizerKind::byte_pairs);
  CHECK(Read(Texts{{"tokenizer.json", R"({"model": {"type": "WordPiece"}})"}}).tokenizer->kind ==
        TokenizerKind::word_piece);
  CHECK(Read(Texts{{"vocab.json", "{}"}, {"merges.txt", ""}}).tokenizer->kind == TokenizerKind::byte_pairs);
  CHECK(Read(Texts{{"vocab.txt", "a"}}).tokenizer->kind == TokenizerKind::word_piece);
  CHECK(Read(Texts{{"tokenizer.model", "x"}}).tokenizer->kind == TokenizerKind::sentence_piece);
  const std::string fallback = R"({"model": {"type": "BPE", "byte_fallback": true}})";
  CHECK(Read(Texts{{"tokenizer.json", fallback}, {"tokenizer.model", "x"}}).tokenizer->kind ==
        TokenizerKind::sentence_piece);
  CHECK(error_of([&] {
          Read(Texts{{"tokenizer.json", fallback}});
        }).second.find("tokenizer.model") != std::string::npos);
  CHECK(error_of([] { Read(Texts{{"tokenizer.json", R"({"model": {"type": "Unigram"}})"}}); }).first == "unsupported");
  CHECK(error_of([] { Read(Texts{}); }).first == "not_found");
}

TEST_CASE("tokenizer files: merges are read in both spellings of tokenizer.json and from merges.txt") {
  const std::vector<std::string> expected{"a b", "ab c"};
  CHECK(
      Read(Texts{{"tokenizer.json", R"({"model": {"type": "BPE", "merges": ["a b", "ab c"]}})"}}).tokenizer->merges() ==
      expected);
  CHECK(Read(Texts{{"tokenizer.json", R"({"model": {"type": "BPE", "merges": [["a", "b"], ["ab", "c"]]}})"}})
            .tokenizer->merges() == expected);
  CHECK(Read(Texts{{"vocab.json", "{}"}, {"merges.txt", "#version: 0.2\na b\n\nnot three words\nab c\n"}})
            .tokenizer->merges() == expected);
  CHECK(Read(Texts{{"vocab.json", "{}"}, {"merges.txt", "a b\r\nab c"}}).tokenizer->merges() == expected);
  CHECK(Read(Texts{{"vocab.json", "{}"}, {"merges.txt", "# #\n# a\n"}}).tokenizer->merges() ==
        std::vector<std::string>{"# a"});
  CHECK(
      Read(Texts{{"tokenizer.json", R"({"model": {"type": "BPE", "merges": [["a b", "c"]]}})"}}).tokenizer->merges() ==
      std::vector<std::string>{"a\xC4\xA0"
                               "b c"});
  for (const std::string merge : {"1", "[\"a\"]", "[\"a\", 1]"}) {
    CHECK(error_of([&] {
            (void)Read(Texts{{"tokenizer.json", R"({"model": {"type": "BPE", "merges": [)" + merge + "]}}"}})
                .tokenizer->merges();
          }).first == "corrupt");
  }
}

TEST_CASE("tokenizer files: added tokens come from every file, the special ones are known") {
  auto tokenizer = toy_tokenizer(bytes_step(true));
  CHECK(Read(Texts{{"tokenizer.json", to_json(tokenizer)},
                   {"tokenizer_config.json", R"({"bos_token": {"content": "abc"}, "pad_token": "nowhere",
                "additional_special_tokens": ["<tool>"],
                "added_tokens_decoder": {"5": {"content": "ignored"}, "7": {"content": "<user>"}, "x": {}}})"},
                   {"added_tokens.json", R"({"<tool>": 8})"},
                   {"special_tokens_map.json", R"({"unk_token": "c"})"}})
            .added() == "2:c* 4:abc* 5:<|endoftext|>* 7:<user> 8:<tool>* ");
}

TEST_CASE("tokenizer files: the usual special tokens are known where no file names them") {
  CHECK(Read(Texts{{"vocab.txt", "[PAD]\r\n[UNK]\nhello\n\n##s"}}).added() == "0:[PAD]* 1:[UNK]* ");
  CHECK(Read(Texts{{"vocab.json", R"({"<|endoftext|>": 0, "a": 1})"}, {"merges.txt", ""}}).added() ==
        "0:<|endoftext|>* ");
}

TEST_CASE("tokenizer files: a vocabulary with shared or odd numbers is damaged") {
  for (const std::string vocabulary :
       {R"({"a": 0, "b": 0})", R"({"a": -1})", R"({"a": "0"})", R"({"a": 4294967296})"}) {
    CAPTURE(vocabulary);
    CHECK(error_of([&] {
            (void)Read(Texts{{"vocab.json", vocabulary}, {"merges.txt", ""}}).tokenizer->base_vocabulary();
          }).first == "corrupt");
  }
  CHECK(error_of([] {
          (void)Read(Texts{{"tokenizer.json", R"({"model": {"type": "BPE"}})"}}).tokenizer->base_vocabulary();
        }).first == "corrupt");
}
