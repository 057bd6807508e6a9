// FakeModel: a model that costs nothing: its next letter is a hash of all tokens before it, so an answer is right only if every
// cached, shared and rolled-back prefix is right. Callers: unit tests, and the program where llama.cpp is left out
// (sanitizer builds). Threads: as Model says. Never reads the model's file.
#pragma once
#include "engine/model.h"

namespace fragua::engine {

// Bytes 0-255, then kFakeEnd.
constexpr Token kFakeEnd = 256;

class FakeVocabulary : public Vocabulary {
 public:
  FakeVocabulary();
  std::vector<Token> tokenize(std::string_view text, bool add_special, bool parse_special) const override;
  const std::vector<std::string>& pieces() const override { return pieces_; }
  bool is_control(Token token) const override { return token == kFakeEnd; }
  bool is_end(Token token) const override { return token == kFakeEnd; }
  std::vector<Token> fill_in_middle(std::span<const Token> prefix, std::span<const Token> suffix) const override;

 private:
  std::vector<std::string> pieces_;
};

// Its next token follows from all before; a prompt "… #text| …" is answered with the text between the signs.
class FakeContext : public Context {
 public:
  explicit FakeContext(ContextLimits& limits, std::function<bool()> should_abort = {});
  StepResult decode(std::span<const BatchToken> batch) override;
  std::span<float> logits(std::size_t index) override;
  void share(int from, int to, std::size_t count) override;
  bool truncate(int sequence, std::size_t keep) override;
  std::vector<int> grow(std::size_t cells, std::span<const int> keep) override;
  std::string state_of(int sequence) override;
  bool set_state(int sequence, const std::string& state) override;
  void save(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) override;
  bool restore(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) override;

  // An image's part: its positions hold its tokens.
  StepResult add_image(std::span<const Token> tokens, int sequence, std::int32_t position);

  void set_threads(int threads) override { threads_ = threads; }
  int threads() const { return threads_; }  // of the latest step
  std::size_t tokens_computed() const { return computed_; }
  std::size_t steps() const { return steps_; }
  std::size_t held(int sequence) const { return sequences_.at(std::size_t(sequence)).size(); }
  // What it would answer, computed without any cache.
  static std::string expected_answer(std::vector<Token> prompt, std::size_t tokens_max);

 private:
  static Token next_token(std::span<const Token> before);
  std::size_t used_cells() const;

  ContextLimits& limits_;
  std::function<bool()> should_abort_;
  std::vector<std::vector<Token>> sequences_;
  std::vector<std::vector<float>> rows_;
  std::size_t computed_ = 0;
  int threads_ = 0;
  std::size_t steps_ = 0;
};

// Sees files of the form "PIC" and a letter that says how many positions they take ('d': 4), in two parts with a letter of text
// between them; each part takes twice as many cells as positions.
class FakeProjector : public Projector {
 public:
  Result<ImagePrompt> read(std::string_view file) const override;
  StepResult compute(const ImagePart& part, Context& context, int sequence, std::int32_t position) override;
};

// Sees when the request names a projector.
std::unique_ptr<Model> load_fake_model(const LoadRequest& request, std::function<bool(float)> progress);

}  // namespace fragua::engine
