#include "models/safetensors/vocabulary.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

Vocabulary read(const std::map<std::string, std::string>& texts, std::uint32_t size) {
  const TemporaryFolder folder;
  for (const auto& [name, text] : texts) write_file_atomically(folder / name, text);
  const auto files = SourceFiles::of_folder(folder.path());
  return read_vocabulary(TokenizerFiles(files), size);
}

}  // namespace

TEST_CASE("vocabulary: tokens stand at their numbers, gaps are unused, added ones have their kind") {
  const std::string added = R"({"tool": 3, "my▁own": 4, "<|wide|>": 5})";
  const auto vocabulary = read(
      {{"vocab.json", R"({"b": 1, "a": 0, "<|endoftext|>": 2})"}, {"merges.txt", ""}, {"added_tokens.json", added}}, 8);
  CHECK(vocabulary.tokens ==
        std::vector<std::string>{"a", "b", "<|endoftext|>", "tool", "my own", "<|wide|>", "[PAD6]", "[PAD7]"});
  CHECK(vocabulary.kinds ==
        std::vector<std::int32_t>{kNormal, kNormal, kControl, kUserDefined, kUserDefined, kControl, kUnused, kUnused});
  CHECK(vocabulary.scores.empty());
}

TEST_CASE("vocabulary: more tokens than the embedding has rows is an error") {
  const std::map<std::string, std::string> files{{"vocab.json", R"({"a": 0, "b": 1})"}, {"merges.txt", ""}};
  CHECK(error_of([&] { read(files, 1); }).first == "invalid_argument");
  CHECK(error_of([&] { read(files, kVocabularyMax + 1); }).first == "invalid_argument");
}

TEST_CASE("vocabulary: WordPiece's marks become llama.cpp's, control tokens stay") {
  Vocabulary vocabulary;
  vocabulary.tokens = {"[CLS]", "hello", "##ing", "##", "#"};
  vocabulary.kinds = {kControl, kNormal, kNormal, kNormal, kNormal};
  mark_word_starts(vocabulary);
  CHECK(vocabulary.tokens == std::vector<std::string>{"[CLS]", "▁hello", "ing", "", "▁#"});
}

TEST_CASE("vocabulary: tokens that steer the model are known by their looks") {
  for (const auto* token : {"<|im_start|>", "<｜User｜>", "<unused12>", "<pad>", "<mask>", "[@BOS@]"}) {
    CHECK_MESSAGE(looks_special(token), token);
  }
  for (const auto* token : {"im_start", "<|x", "<tool>", "unused", ""})
    CHECK_FALSE_MESSAGE(looks_special(token), token);
}
