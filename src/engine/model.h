// What an engine needs of a model library: a vocabulary, a context that computes, a chat format, an embedder and a projector.
// Implementations: engine/llama (the only one that includes llama.h), engine/fake. Callers: scheduler, preparer, host.
// Threads: Vocabulary and ChatFormat are const and safe from any thread; Context and Embedder belong to the compute thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/protocol.h"

namespace fragua::engine {

class Vocabulary {
 public:
  virtual ~Vocabulary() = default;
  virtual std::vector<Token> tokenize(std::string_view text, bool add_special, bool parse_special) const = 0;
  // Raw bytes of every token, special ones with their text.
  virtual const std::vector<std::string>& pieces() const = 0;
  virtual bool is_control(Token token) const = 0;   // not shown in an answer
  virtual bool is_end(Token token) const = 0;
  // Tokens around prefix and suffix for fill-in-the-middle; empty when the model has none.
  virtual std::vector<Token> fill_in_middle(std::span<const Token> prefix, std::span<const Token> suffix) const = 0;
};

struct BatchToken {
  Token token = 0;
  std::int32_t position = 0;
  int sequence = 0;
  bool wants_logits = false;
};

enum class StepResult { done, aborted, no_space, failed };

// The KV cache and the compute. Positions of a sequence are 0..n-1 without holes; an image takes a run of them.
class Context {
 public:
  virtual ~Context() = default;
  // Computes the batch. aborted or no_space: the caller removes what it had asked for and may try again.
  // Error(internal) when the library fails.
  virtual StepResult decode(std::span<const BatchToken> batch) = 0;
  // Logits of the batch's i-th token, valid until the next decode; may be written to.
  virtual std::span<float> logits(std::size_t index) = 0;
  // The first `count` positions of `from` become those of the empty sequence `to`, without computing.
  virtual void share(int from, int to, std::size_t count) = 0;
  // Drops positions >= `keep`. False when the model cannot roll back (recurrent); then nothing changed.
  virtual bool truncate(int sequence, std::size_t keep) = 0;
  // More room, at least `cells` in all; `keep` survive in that order while they fit; returns those that did. Without the memory for it
  // nothing changes but the limit, which is what there is now.
  virtual std::vector<int> grow(std::size_t cells, std::span<const int> keep) = 0;
  // What the cache holds of a sequence, as bytes; empty: it cannot be taken out. It stays until it is truncated.
  virtual std::string state_of(int sequence) = 0;
  // Puts it into an empty sequence. False when there is no room for it; then the sequence is empty.
  virtual bool set_state(int sequence, const std::string& state) = 0;
  // Snapshot of a sequence to a file and back; restore returns false when the file is not usable.
  virtual void save(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) = 0;
  virtual bool restore(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) = 0;
  // From the next step on; 0: as many as the model was loaded with.
  virtual void set_threads(int) {}
  // What it and its model take of the GPUs' memory.
  virtual std::uint64_t gpu_bytes() const { return 0; }
};

struct ContextLimits {
  std::size_t cells = 0;        // now
  std::size_t cells_max = 0;    // what memory allows
  int sequences_max = 64;
  bool can_roll_back = true;    // false: recurrent and hybrid models
  std::size_t cells_comfortable = 0;  // grow up to here before a cached prefix is dropped
  std::size_t rows_max = 64;     // logits in one step: one a running answer, and one a guess
  std::size_t step_max = 512;   // tokens in one decode
};

struct ChatInput {
  std::vector<Message> messages;
  json::value tools;
  std::string tool_choice = "auto";
  bool parallel_tool_calls = true;
  std::optional<bool> think;
  std::string think_level;

  // The one tool that must be called; empty: none in particular.
  std::string named_tool() const {
    const bool is_word = tool_choice == "auto" || tool_choice == "none" || tool_choice == "required";
    return is_word ? std::string() : tool_choice;
  }
  bool must_call() const { return tool_choice == "required" || !named_tool().empty(); }
};

// A rendered dialogue, and what is needed to read the answer to it.
struct RenderedChat {
  std::string prompt;
  bool add_special = true;                  // BOS is not in the text yet
  std::vector<std::string> stops;
  std::vector<std::string> preserved;       // special tokens whose text the parser needs
  std::optional<GrammarSpec> call_grammar;  // what the answer must look like when it must be a call
  std::string thinking_end;                 // a constraint on the answer begins after it; empty: at once
  bool plain = true;                        // the answer is content as it stands: nothing to parse
  std::shared_ptr<const void> parser;       // the implementation's own
};

struct ParsedChat {
  std::string content;
  std::string thinking;
  std::vector<ToolCallDelta> tool_calls;    // whole so far, not pieces
};

class ChatFormat {
 public:
  virtual ~ChatFormat() = default;
  // Error(invalid_argument) says which message does not fit the model's template.
  virtual RenderedChat render(const ChatInput& input) const = 0;
  // `text` is all of the answer so far; `partial` while more may come.
  virtual ParsedChat parse(const RenderedChat& chat, std::string_view text, bool partial) const = 0;
  // Fill in the middle, where the format says how; else the vocabulary's own tokens do it.
  virtual std::optional<std::string> render_insert(const std::string&, const std::string&) const { return std::nullopt; }
};

class Embedder {
 public:
  virtual ~Embedder() = default;
  virtual std::size_t tokens_max() const = 0;
  virtual std::size_t dimensions() const = 0;
  // One L2-normalised vector for each text of the batch (see EmbedBatches), at out + its place in `texts` * dimensions().
  virtual void embed(const std::vector<std::vector<Token>>& texts, std::span<const std::size_t> batch, float* out) = 0;
  virtual std::uint64_t gpu_bytes() const { return 0; }  // as a context's
};

// A part of an image in a prompt: computed whole, in a step of its own.
struct ImagePart {
  std::size_t first = 0;                    // its first position, in the prompt
  std::size_t positions = 0;
  std::size_t cells = 0;                    // what it takes of the cache; with M-RoPE more than positions
  std::shared_ptr<const void> pixels;       // the implementation's own
};

// Tokens, some of which stand for images (engine/image_tokens.h).
struct ImagePrompt {
  std::vector<Token> tokens;
  std::vector<ImagePart> images;
  // What it takes of the cache, which is what its client is told.
  std::size_t cells() const {
    auto count = tokens.size();
    for (const auto& image : images) count += image.cells - image.positions;
    return count;
  }
};

// Makes a model see.
class Projector {
 public:
  virtual ~Projector() = default;
  // An image's file as the tokens that stand for it, with what the model wants around them. Any thread.
  // A failure says what is wrong with it, as in "is not an image".
  virtual Result<ImagePrompt> read(std::string_view file) const = 0;
  // Computes a part at the end of a sequence of this model's context, as Context::decode does; failed: this image cannot be
  // computed. The compute thread's.
  virtual StepResult compute(const ImagePart& part, Context& context, int sequence, std::int32_t position) = 0;
};

// A loaded model and its parts.
class Model {
 public:
  virtual ~Model() = default;
  virtual const ModelInfo& info() const = 0;
  virtual const Vocabulary& vocabulary() const = 0;
  virtual const ChatFormat& chat_format() const = 0;
  // Null when the model only embeds. `should_abort` is asked during a step.
  virtual std::unique_ptr<Context> make_context(std::function<bool()> should_abort, ContextLimits& limits) = 0;
  virtual std::unique_ptr<Embedder> make_embedder() = 0;
  virtual Projector* projector() { return nullptr; }  // null: it does not see
};

using ModelLoader = std::function<std::unique_ptr<Model>(const LoadRequest&, std::function<bool(float)> progress)>;

}  // namespace fragua::engine
