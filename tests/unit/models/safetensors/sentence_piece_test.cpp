#include "models/safetensors/sentence_piece.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

std::string field(int number, const std::string& bytes) {
  return std::string(1, char(number << 3 | 2)) + char(bytes.size()) + bytes;
}
std::string number(int field_number, int value) { return std::string(1, char(field_number << 3)) + char(value); }
std::string piece(const std::string& text, float score, int kind) {
  std::string bytes = field(1, text) + char(2 << 3 | 5) + std::string(reinterpret_cast<const char*>(&score), 4);
  return field(1, kind == kNormal ? bytes : bytes + number(3, kind));
}
std::string trainer(int model_type) { return field(2, number(3, model_type)); }

constexpr int kUnigram = 1, kBytePairs = 2;

Vocabulary read(const std::string& model, std::uint32_t size, std::map<std::string, std::string> texts = {}) {
  const TemporaryFolder folder;
  texts["tokenizer.model"] = model;
  for (const auto& [name, text] : texts) write_file_atomically(folder / name, text);
  const auto files = SourceFiles::of_folder(folder.path());
  return read_sentence_piece(TokenizerFiles(files), size);
}

}  // namespace

TEST_CASE("SentencePiece: pieces, scores and kinds, with what the files beside it add") {
  const auto model = piece("<unk>", 0, kUnknown) + piece("<s>", 0, kControl) + piece("<0x0A>", 0, kByte) +
                     piece("▁a", -1.5f, kNormal) + piece("[U]", 0, kUserDefined) + trainer(kBytePairs) + number(9, 5);
  const auto vocabulary = read(
      model, 8,
      {{"added_tokens.json", R"({"<tool>": 6, "beyond": 99})"},
       {"tokenizer_config.json",
        R"({"added_tokens_decoder": {"5": {"content": "my▁own"}, "6": {"content": "<tool>", "special": true}}})"}});
  CHECK(vocabulary.tokens ==
        std::vector<std::string>{"<unk>", "<s>", "<0x0A>", "▁a", "[U]", "my own", "<tool>", "[PAD7]"});
  CHECK(vocabulary.kinds ==
        std::vector<std::int32_t>{kUnknown, kControl, kByte, kNormal, kNormal, kUserDefined, kControl, kUnused});
  CHECK(vocabulary.scores == std::vector<float>{0, 0, 0, -1.5f, 0, -1000, -1000, -10000});
}

TEST_CASE("SentencePiece: pieces beyond the embedding's rows are left out") {
  CHECK(read(piece("a", 0, kNormal) + piece("b", 0, kNormal) + trainer(kBytePairs), 1).tokens ==
        std::vector<std::string>{"a"});
}

TEST_CASE("SentencePiece: a model of another kind, or none at all, is refused") {
  struct Row {
    std::string bytes;
    const char* code;
  };
  const std::vector<Row> rows{
      {"", "corrupt"},
      {"hello, this is no protobuf", "corrupt"},
      {piece("a", 0, kNormal) + trainer(kUnigram), "unsupported"},
      {piece("a", 0, kNormal).substr(0, 4), "corrupt"},
      {piece("a", 0, 9), "corrupt"},
      {piece("\xff", 0, kNormal), "corrupt"},
      {field(1, field(1, "a") + field(2, "x")), "corrupt"},  // a score of one byte
      {std::string(20, '\xff'), "corrupt"},                  // a number without an end
      {"\x0a\xff\xff\xff\xff\x0f", "corrupt"},               // a length beyond the file
      {"\x0b", "corrupt"},                                   // a group
  };
  for (const auto& row : rows) {
    CAPTURE(row.bytes);
    CHECK(error_of([&] { read(row.bytes, 4); }).first == row.code);
  }
}
