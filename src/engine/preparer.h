// Preparer: a request as the server sends it becomes a Job: rendered, tokenised, cut to the context, with its sampler and its
// constraint. Callers: engine/host. Threads: any, several at once.
// Bad requests throw Error(invalid_argument | unsupported | too_large) before any compute. Never drops anything unsaid:
// Done carries how many tokens and messages did not fit.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "engine/constrain/grammar.h"
#include "engine/job.h"
#include "engine/model.h"
#include "engine/prompt_images.h"

namespace fragua::engine {

// Error(invalid_argument) names a token that this model does not have.
void check_tokens(const Vocabulary& vocabulary, std::span<const Token> tokens);

struct PreparerOptions {
  std::size_t context_max = 0;                      // tokens a request may have at most
  std::vector<Token> pinned;                        // the model's own prefix
  std::function<std::uint64_t()> random;            // for seeds and ids
};

class Preparer {
 public:
  Preparer(Model& model, PreparerOptions options, const Clock& clock);
  // The caller sets id, sink and callbacks: `sink` receives the deltas.
  std::unique_ptr<Job> prepare(GenerateRequest request, std::function<void(Delta)> sink);

  // The tokens that every dialogue with this SYSTEM begins with.
  static std::vector<Token> pinned_prefix(const Model& model, const std::string& system);

 private:
  struct Prompt : ImagePrompt {
    RenderedChat chat;
    std::shared_ptr<const ChatFormat> own_format;  // of the request's own template
    std::uint32_t dropped_tokens = 0;
    std::uint32_t dropped_messages = 0;
  };
  Prompt chat_prompt(GenerateRequest& request, std::size_t room) const;
  Prompt text_prompt(const GenerateRequest& request, std::size_t room) const;
  void add_to(Prompt& prompt, const GenerateRequest& request, ImagePrompt rendered) const;
  std::optional<std::string> insert_prompt(const GenerateRequest& request) const;
  void cut_to(Prompt& prompt, const GenerateRequest& request, std::size_t room) const;
  std::unique_ptr<LazyConstraint> constraint(const GenerateRequest& request, const RenderedChat& chat);
  std::unique_ptr<Sampler> sampler(const GenerateRequest& request, const std::vector<Token>& prompt);

  Model& model_;
  PreparerOptions options_;
  const Clock& clock_;
  std::once_flag compiler_made_;                    // a vocabulary takes time to prepare: only when a constraint comes
  std::unique_ptr<GrammarCompiler> compiler_;
};

}  // namespace fragua::engine
