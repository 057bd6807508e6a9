// Inference: who answers. Finds the model, merges its SYSTEM, MESSAGEs and PARAMETERs with the request, and runs it in the
// model's engine. Callers: api/ (every dialect), later documents/, catalogue/, agents/. Threads: the loop's only.
// Dropping a Generation cancels it. Never speaks HTTP; errors are base Errors with the texts that clients know.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inference/fleet.h"
#include "inference/generation.h"
#include "inference/options.h"
#include "models/show.h"
#include "models/store.h"

namespace fragua::inference {

struct InferenceOptions {
  std::filesystem::path cache_folder;      // prefix snapshots, tuning; empty: none
  std::uint32_t default_num_ctx = 4096;
  int parallel_max = 16;
  int threads = 0;
  int gpu_layers = -1;
  int draft_tokens_max = 15;
  bool isolate_users = true;
  std::chrono::seconds answer_timeout{600};   // without any event
};

// Answers in the place of models that it knows: what they say comes from data that is looked up (catalogue/). Callers reach it through
// every dialect, as they reach a model.
class Answerer {
 public:
  virtual ~Answerer() = default;
  virtual bool answers(const models::StoredModel& model) const = 0;
  // `request` and `options` as Service::generate was given them. May ask the model itself: Service::run_model.
  virtual Task<std::unique_ptr<Generation>> answer(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                                   KeepAlive keep_alive) = 0;
};

class Service {
 public:
  Service(models::ModelStore& store, models::HeaderCache& headers, Fleet& fleet, InferenceOptions options, Log& log);

  // The stored model. Error(not_found) "model 'x' not found"; Error(invalid_argument) for a bad name.
  Task<models::StoredModel> find(std::string name);
  std::vector<std::string> capabilities(const models::StoredModel& model);

  // Error(invalid_argument) '"x" does not support …' when the model cannot do what is asked; `purpose` is the word for the whole
  // ("generate", "chat").
  void require_able(const models::StoredModel& model, const engine::GenerateRequest& request, const std::string& purpose);

  // `request` carries messages or a raw prompt; `options` are Ollama's names. SYSTEM and MESSAGEs of the model are put before
  // messages. Errors of require_able, and of options that are wrong. An Answerer that knows the model answers instead of it.
  Task<std::unique_ptr<Generation>> generate(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                             KeepAlive keep_alive, std::string purpose = "generate");
  // The same, and always the model itself.
  Task<std::unique_ptr<Generation>> run_model(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                              KeepAlive keep_alive, std::string purpose = "generate");
  // Before the first request.
  void set_answerer(Answerer& answerer) { answerer_ = &answerer; }
  // One Embeddings event.
  Task<std::unique_ptr<Generation>> start_embed(models::StoredModel model, engine::EmbedRequest request, KeepAlive keep_alive);
  Task<engine::TextAnswer> text(models::StoredModel model, engine::FrameKind kind, engine::TextRequest request);
  // Loads without asking anything. Returns how long it took.
  Task<std::uint64_t> load(models::StoredModel model, json::object options, KeepAlive keep_alive);
  void unload(const models::StoredModel& model);
  // How many tokens a request with these options has for prompt and answer together.
  std::uint32_t num_ctx_of(const models::StoredModel& model, const json::object& options) const;
  Task<std::optional<engine::EngineStats>> stats(std::string key);
  std::uint32_t default_num_ctx() const { return options_.default_num_ctx; }
  Fleet& fleet() { return fleet_; }

 private:
  Fleet::Wanted wanted(const models::StoredModel& model, const LoadOptions& options) const;
  // Error(unsupported) for a file that llama.cpp cannot load, with what to pull instead.
  void require_loadable(const models::StoredModel& model);
  Task<std::unique_ptr<Lease>> engine_of(models::StoredModel model, LoadOptions options, std::uint32_t context_tokens, KeepAlive keep_alive);
  void add_model_messages(const models::StoredModel& model, std::vector<engine::Message>& messages) const;

  models::ModelStore& store_;
  models::HeaderCache& headers_;
  Fleet& fleet_;
  InferenceOptions options_;
  Log& log_;
  Answerer* answerer_ = nullptr;
};

}  // namespace fragua::inference
