#include "models/safetensors/tokenizer.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/toy_models.h"

using namespace fragua;
using namespace fragua::models;

namespace {

template <class Describe>
ReadGguf described(const ToyModel& model, Describe describe) {
  const TemporaryFolder folder;
  model.write(folder.path());
  const auto files = SourceFiles::of_folder(folder.path());
  const ModelConfig config(files);
  const Tokenizer tokenizer(files, config);
  return keys_of([&](GgufWriter& writer) { describe(tokenizer, writer); });
}

}  // namespace

TEST_CASE("tokenizer: byte pairs give tokens, kinds, merges and special numbers") {
  const auto gguf = described(
      toy_llama(), [](const Tokenizer& tokenizer, GgufWriter& writer) { tokenizer.describe_decoder("", writer); });
  check_keys(gguf, {{"tokenizer.ggml.model", "\"gpt2\""},
                    {"tokenizer.ggml.pre", "\"llama-bpe\""},
                    {"tokenizer.ggml.tokens", R"(["a","b","c","ab","abc","<|endoftext|>"])"},
                    {"tokenizer.ggml.token_type", "[1,1,1,1,1,3]"},
                    {"tokenizer.ggml.merges", R"(["a b","ab c"])"},
                    {"tokenizer.ggml.scores", "absent"},
                    {"tokenizer.ggml.bos_token_id", "0"},
                    {"tokenizer.ggml.eos_token_id", "5"},
                    {"tokenizer.chat_template", "\"{{ messages }}\""}});
}

TEST_CASE("tokenizer: byte pairs without merges are damaged") {
  auto model = toy_gpt2();
  model.texts["merges.txt"] = "#version: 0.2\n";
  CHECK(error_of([&] {
          described(model, [](const Tokenizer& tokenizer, GgufWriter& writer) {
            tokenizer.describe_decoder("gpt-2", writer);
          });
        }).first == "corrupt");
}

TEST_CASE("tokenizer: WordPiece gives word starts and the normalizer's flag, and no decoder has it") {
  const auto gguf = described(
      toy_bert(), [](const Tokenizer& tokenizer, GgufWriter& writer) { tokenizer.describe_word_piece(writer); });
  check_keys(gguf, {{"tokenizer.ggml.model", "\"bert\""},
                    {"tokenizer.ggml.tokens",
                     R"(["[PAD]","[UNK]","[CLS]","[SEP]","[MASK]","▁hello","ing","▁[PAD7]","▁[PAD8]"])"},
                    {"tokenizer.ggml.token_type", "[3,3,3,3,3,1,1,5,5]"},
                    {"tokenizer.ggml.seperator_token_id", "3"},
                    {"tokenizer.ggml.normalizer.lowercase", "true"}});
  CHECK(error_of([] {
          described(toy_bert(),
                    [](const Tokenizer& tokenizer, GgufWriter& writer) { tokenizer.describe_decoder("", writer); });
        }).first == "unsupported");
  CHECK(error_of([] {
          described(toy_gpt2(),
                    [](const Tokenizer& tokenizer, GgufWriter& writer) { tokenizer.describe_word_piece(writer); });
        }).first == "unsupported");
}

TEST_CASE("tokenizer: add_prefix_space is written when it is there") {
  auto model = toy_llama();
  const auto describe = [](const Tokenizer& tokenizer, GgufWriter& writer) { tokenizer.describe_space_prefix(writer); };
  CHECK(described(model, describe).value("tokenizer.ggml.add_space_prefix") == "absent");
  model.texts["tokenizer_config.json"] = R"({"add_prefix_space": false})";
  CHECK(described(model, describe).value("tokenizer.ggml.add_space_prefix") == "false");
}
