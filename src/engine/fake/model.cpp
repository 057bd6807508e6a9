#include "engine/fake/model.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "engine/image_tokens.h"

namespace fragua::engine {

namespace {

constexpr int kVocabulary = 257;
constexpr std::size_t kDimensions = 16;

std::uint64_t hash_of(std::span<const Token> tokens) {
  std::uint64_t hash = 1469598103934665603ull;
  for (const auto token : tokens) hash = (hash ^ std::uint64_t(token)) * 1099511628211ull;
  return hash ^ hash >> 29;
}

}  // namespace

FakeVocabulary::FakeVocabulary() {
  for (int byte = 0; byte < 256; ++byte) pieces_.emplace_back(1, char(byte));
  pieces_.emplace_back("<end>");
}

std::vector<Token> FakeVocabulary::tokenize(std::string_view text, bool, bool) const {
  std::vector<Token> tokens;
  for (const unsigned char byte : text) tokens.push_back(byte);
  return tokens;
}

std::vector<Token> FakeVocabulary::fill_in_middle(std::span<const Token> prefix, std::span<const Token> suffix) const {
  std::vector<Token> tokens(prefix.begin(), prefix.end());
  tokens.insert(tokens.end(), suffix.begin(), suffix.end());
  return tokens;
}

FakeContext::FakeContext(ContextLimits& limits, std::function<bool()> should_abort)
    : limits_(limits), should_abort_(std::move(should_abort)), sequences_(std::size_t(limits.sequences_max)) {}

Token FakeContext::next_token(std::span<const Token> before) {
  const auto from = std::find(before.begin(), before.end(), Token('#')), to = std::find(from, before.end(), Token('|'));
  if (to != before.end()) {
    const auto copied = before.end() - to - 1;
    return copied < to - from - 1 ? from[1 + copied] : kFakeEnd;
  }
  const auto hash = hash_of(before);
  return hash % 23 == 0 ? kFakeEnd : Token('a' + hash % 26);
}

StepResult FakeContext::decode(std::span<const BatchToken> batch) {
  if (should_abort_ && should_abort_()) return StepResult::aborted;
  if (used_cells() + batch.size() > limits_.cells) return StepResult::no_space;
  rows_.assign(batch.size(), {});
  ++steps_;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    auto& tokens = sequences_.at(std::size_t(batch[i].sequence));
    CHECK_THAT(std::size_t(batch[i].position) == tokens.size());
    tokens.push_back(batch[i].token);
    ++computed_;
    if (!batch[i].wants_logits) continue;
    rows_[i].assign(kVocabulary, 0.0F);
    rows_[i][std::size_t(next_token(tokens))] = 10.0F;
  }
  return StepResult::done;
}

StepResult FakeContext::add_image(std::span<const Token> tokens, int sequence, std::int32_t position) {
  if (should_abort_ && should_abort_()) return StepResult::aborted;
  if (used_cells() + tokens.size() > limits_.cells) return StepResult::no_space;
  auto& held = sequences_.at(std::size_t(sequence));
  CHECK_THAT(std::size_t(position) == held.size());
  held.insert(held.end(), tokens.begin(), tokens.end());
  computed_ += tokens.size();
  ++steps_;
  return StepResult::done;
}

std::span<float> FakeContext::logits(std::size_t index) {
  CHECK_THAT(!rows_.at(index).empty());
  return rows_[index];
}

void FakeContext::share(int from, int to, std::size_t count) {
  const auto& source = sequences_.at(std::size_t(from));
  CHECK_THAT(count <= source.size() && sequences_.at(std::size_t(to)).empty());
  sequences_[std::size_t(to)].assign(source.begin(), source.begin() + std::ptrdiff_t(count));
}

bool FakeContext::truncate(int sequence, std::size_t keep) {
  auto& tokens = sequences_.at(std::size_t(sequence));
  if (!limits_.can_roll_back && keep > 0 && keep < tokens.size()) return false;
  if (keep < tokens.size()) tokens.resize(keep);
  return true;
}

std::vector<int> FakeContext::grow(std::size_t cells, std::span<const int> keep) {
  limits_.cells = cells;
  return {keep.begin(), keep.end()};
}

std::string FakeContext::state_of(int sequence) {
  const auto& tokens = sequences_.at(std::size_t(sequence));
  return {reinterpret_cast<const char*>(tokens.data()), tokens.size() * sizeof(Token)};
}

bool FakeContext::set_state(int sequence, const std::string& state) {
  auto& tokens = sequences_.at(std::size_t(sequence));
  CHECK_THAT(tokens.empty());
  tokens.resize(state.size() / sizeof(Token));
  std::memcpy(tokens.data(), state.data(), state.size());
  if (used_cells() <= limits_.cells) return true;
  tokens.clear();
  return false;
}

void FakeContext::save(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) {
  CHECK_THAT(std::equal(tokens.begin(), tokens.end(), sequences_.at(std::size_t(sequence)).begin()));
  write_file_atomically(file, {reinterpret_cast<const char*>(tokens.data()), tokens.size_bytes()});
}

bool FakeContext::restore(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return false;
  const auto bytes = read_file(file);
  if (bytes != std::string_view(reinterpret_cast<const char*>(tokens.data()), tokens.size_bytes()) || tokens.size() > limits_.cells) return false;
  sequences_.at(std::size_t(sequence)).assign(tokens.begin(), tokens.end());
  return true;
}

// A shared prefix takes its cells once, as in the real cache.
std::size_t FakeContext::used_cells() const {
  std::set<std::uint64_t> prefixes;
  for (const auto& tokens : sequences_)
    for (std::size_t length = 1; length <= tokens.size(); ++length) prefixes.insert(hash_of(std::span(tokens).first(length)));
  return prefixes.size();
}

std::string FakeContext::expected_answer(std::vector<Token> prompt, std::size_t tokens_max) {
  std::string answer;
  while (answer.size() < tokens_max) {
    const auto token = next_token(prompt);
    if (token == kFakeEnd) break;
    answer += char(token);
    prompt.push_back(token);
  }
  return answer;
}

namespace {

class FakeChatFormat : public ChatFormat {
 public:
  RenderedChat render(const ChatInput& input) const override {
    RenderedChat chat;
    for (const auto& message : input.messages) chat.prompt += message.role + ": " + message.content + "\n";
    return chat;
  }
  ParsedChat parse(const RenderedChat&, std::string_view text, bool) const override { return {std::string(text), "", {}}; }
};

class FakeEmbedder : public Embedder {
 public:
  std::size_t tokens_max() const override { return 512; }
  std::size_t dimensions() const override { return kDimensions; }
  void embed(const std::vector<std::vector<Token>>& texts, std::span<const std::size_t> batch, float* out) override {
    for (const auto place : batch) {
      std::fill_n(out + place * kDimensions, kDimensions, 0.0F);
      out[place * kDimensions + hash_of(texts[place]) % kDimensions] = 1.0F;
    }
  }
};

class FakeModel : public Model {
 public:
  explicit FakeModel(bool vision) {
    info_.vision = vision;
    info_.architecture = "fake";
    info_.context_train = 8192;
    info_.embedding_length = kDimensions;
    info_.vocabulary = kVocabulary;
    info_.has_template = true;
    info_.load_ns = 1;
  }
  const ModelInfo& info() const override { return info_; }
  const Vocabulary& vocabulary() const override { return vocabulary_; }
  const ChatFormat& chat_format() const override { return chat_format_; }
  std::unique_ptr<Context> make_context(std::function<bool()> should_abort, ContextLimits& limits) override {
    limits.cells = 4096;
    limits.cells_max = limits.cells_comfortable = 65536;
    return std::make_unique<FakeContext>(limits, std::move(should_abort));
  }
  std::unique_ptr<Embedder> make_embedder() override { return std::make_unique<FakeEmbedder>(); }
  Projector* projector() override { return info_.vision ? &projector_ : nullptr; }

 private:
  ModelInfo info_;
  FakeVocabulary vocabulary_;
  FakeChatFormat chat_format_;
  FakeProjector projector_;
};

}  // namespace

Result<ImagePrompt> FakeProjector::read(std::string_view file) const {
  if (file.size() != 4 || !file.starts_with("PIC")) return failure(ErrorCode::invalid_argument, "is not an image");
  const auto positions = std::size_t(file.back() - 'a') + 1;
  ImagePrompt image;
  for (std::size_t part = 0; part < 2; ++part) {
    auto tokens = image_tokens(sha256_hex(file), part, positions);
    if (part > 0) image.tokens.push_back('|');
    image.images.push_back({image.tokens.size(), positions, 2 * positions, std::make_shared<std::vector<Token>>(tokens)});
    image.tokens.insert(image.tokens.end(), tokens.begin(), tokens.end());
  }
  return image;
}

StepResult FakeProjector::compute(const ImagePart& part, Context& context, int sequence, std::int32_t position) {
  const auto& tokens = *static_cast<const std::vector<Token>*>(part.pixels.get());
  return dynamic_cast<FakeContext&>(context).add_image(tokens, sequence, position);
}

std::unique_ptr<Model> load_fake_model(const LoadRequest& request, std::function<bool(float)>) {
  return std::make_unique<FakeModel>(!request.projector_path.empty());
}

}  // namespace fragua::engine
