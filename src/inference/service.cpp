#include "inference/service.h"

#include <algorithm>
#include <limits>

#include "models/adapter_check.h"

namespace fragua::inference {

using engine::FrameKind;

namespace {

bool has(const std::vector<std::string>& abilities, std::string_view what) {
  return std::find(abilities.begin(), abilities.end(), what) != abilities.end();
}

[[noreturn]] void refuse_to(const std::string& model, const std::string& what) {
  throw Error(ErrorCode::invalid_argument, "\"" + model + "\" does not support " + what);
}

class EngineGeneration final : public Generation {
 public:
  EngineGeneration(std::unique_ptr<Lease> lease, std::unique_ptr<EngineStream> stream, std::chrono::nanoseconds limit)
      : lease_(std::move(lease)), stream_(std::move(stream)), limit_(limit) {}
  Task<std::optional<EngineEvent>> next() override { return stream_->next(limit_); }
  void cancel() override { stream_->cancel(); }
  std::uint64_t load_ns() const override { return lease_->load_ns(); }

 private:
  std::unique_ptr<Lease> lease_;
  std::unique_ptr<EngineStream> stream_;   // first to go: it speaks to the lease's engine
  std::chrono::nanoseconds limit_;
};

}  // namespace

Service::Service(models::ModelStore& store, models::HeaderCache& headers, Fleet& fleet, InferenceOptions options, Log& log)
    : store_(store), headers_(headers), fleet_(fleet), options_(std::move(options)), log_(log) {}

Task<models::StoredModel> Service::find(std::string name) {
  auto found = store_.find(models::ModelName::require(name));
  if (!found) throw Error(ErrorCode::not_found, "model '" + name + "' not found");
  co_return std::move(*found);
}

std::vector<std::string> Service::capabilities(const models::StoredModel& model) {
  return models::capabilities_of(model, store_.blobs(), headers_);
}

Fleet::Wanted Service::wanted(const models::StoredModel& model, const LoadOptions& options) const {
  if (model.models.empty()) throw Error(ErrorCode::corrupt, "model '" + model.name.display() + "' has no weights; pull or create it again");
  Fleet::Wanted wanted;
  wanted.key = model.digest.text();
  wanted.name = model.name.display();
  std::error_code ignored;
  wanted.file_bytes = std::filesystem::file_size(model.models.front(), ignored);
  auto& load = wanted.load;
  load.model_path = model.models.front();
  for (const auto& adapter : model.adapters) load.adapter_paths.push_back(adapter);
  if (!model.projectors.empty()) {
    load.projector_path = model.projectors.front();
    if (const auto bytes = std::filesystem::file_size(model.projectors.front(), ignored); !ignored) wanted.file_bytes += bytes;
  }
  load.go_template = model.template_.value_or("");
  load.system = model.system;
  load.cache_folder = options_.cache_folder;
  load.cache_key = model.model_digest ? model.model_digest->text() : wanted.key;
  for (const auto& adapter : model.adapters) load.cache_key += adapter.filename().string();
  load.threads = options_.threads;
  load.gpu_layers = options.num_gpu.value_or(options_.gpu_layers);
  load.use_mmap = options.use_mmap.value_or(load.use_mmap);
  load.parallel_max = options_.parallel_max;
  load.draft_tokens_max = options_.draft_tokens_max;
  load.isolate_users = options_.isolate_users;
  load.context_tokens = options_.default_num_ctx;
  return wanted;
}

// The system message stays the first: many templates look for it nowhere else.
void Service::add_model_messages(const models::StoredModel& model, std::vector<engine::Message>& messages) const {
  const bool has_system = !messages.empty() && messages.front().role == "system";
  if (!model.system.empty() && !has_system) messages.insert(messages.begin(), {.role = "system", .content = model.system});
  std::vector<engine::Message> history;
  for (const auto& message : model.messages) history.push_back({.role = message.role, .content = message.content});
  const auto after_system = messages.begin() + (!messages.empty() && messages.front().role == "system" ? 1 : 0);
  messages.insert(after_system, history.begin(), history.end());
}

// What cannot be loaded is refused here, before an engine is started for it: the headers of all its files are read by our own check.
void Service::require_loadable(const models::StoredModel& model) {
  if (!model.model_digest) return;
  const auto header = headers_.get(store_.blobs(), *model.model_digest);
  if (const auto problem = models::incompatible_layout(*header)) throw Error(ErrorCode::unsupported, *problem);
  for (const auto& adapter : model.adapters)
    if (const auto problem = models::adapter_problem(*headers_.get(adapter), *header)) throw Error(ErrorCode::unsupported, "its adapter: " + *problem);
  for (const auto& projector : model.projectors) headers_.get(projector);
}

Task<std::unique_ptr<Lease>> Service::engine_of(models::StoredModel model, LoadOptions options, std::uint32_t context_tokens, KeepAlive keep_alive) {
  require_loadable(model);
  auto wanted = this->wanted(model, options);
  wanted.context_tokens = context_tokens;
  if (context_tokens != std::numeric_limits<std::uint32_t>::max()) wanted.load.context_tokens_hint = context_tokens;
  co_return co_await fleet_.acquire(std::move(wanted), keep_alive);
}

std::uint32_t Service::num_ctx_of(const models::StoredModel& model, const json::object& options) const {
  return apply_options(model.parameters, options, options_.default_num_ctx).num_ctx;
}

void Service::require_able(const models::StoredModel& model, const engine::GenerateRequest& request, const std::string& purpose) {
  const auto abilities = capabilities(model);
  const auto can = [&](std::string_view what) { return has(abilities, what); };
  const auto refuse = [&](const std::string& what) { refuse_to(model.name.display(), what); };
  if (!can("completion")) refuse(purpose);
  if (request.think.value_or(false) && !can("thinking")) refuse("thinking");
  if (request.tools.is_array() && !request.tools.get_array().empty() && !can("tools")) refuse("tools");
  const bool has_images = !request.images.empty() || std::any_of(request.messages.begin(), request.messages.end(),
                                                                 [](const auto& message) { return !message.images.empty(); });
  // Ollama's own words follow ours: clients look for them.
  if (has_images && !can("vision")) refuse("images: this model is missing data required for image input");
}

Task<std::unique_ptr<Generation>> Service::generate(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                                    KeepAlive keep_alive, std::string purpose) {
  // A title is about the conversation: only the model can give it.
  const bool is_title = request.priority == int(engine::Priority::title);
  if (answerer_ && !is_title && answerer_->answers(model))
    return answerer_->answer(std::move(model), std::move(request), std::move(options), keep_alive);
  return run_model(std::move(model), std::move(request), std::move(options), keep_alive, std::move(purpose));
}

Task<std::unique_ptr<Generation>> Service::run_model(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                                     KeepAlive keep_alive, std::string purpose) {
  auto applied = apply_options(model.parameters, options, options_.default_num_ctx);
  for (const auto& name : applied.unknown) log_.warn("options.ignored", {{"option", name}, {"model", model.name.display()}});
  request.sampling = std::move(applied.sampling);
  request.num_predict = applied.num_predict;
  request.num_ctx = applied.num_ctx;
  request.threads = applied.num_thread;
  request.stop.insert(request.stop.end(), applied.stop.begin(), applied.stop.end());
  // A context is a dialogue that goes on: all this is in there already.
  if (!request.messages.empty() && request.context.empty()) add_model_messages(model, request.messages);
  require_able(model, request, purpose);
  const auto name = model.name.display();
  const bool says_insert = request.suffix && has(capabilities(model), "insert");
  auto lease = co_await engine_of(std::move(model), applied.load, request.num_ctx, keep_alive);
  // Many files do not name their tokens for filling in: the engine knows them by their texts.
  if (request.suffix && !says_insert && !lease->engine().info().insert) refuse_to(name, "insert");
  auto stream = lease->engine().open(FrameKind::generate, request);
  co_return std::make_unique<EngineGeneration>(std::move(lease), std::move(stream), options_.answer_timeout);
}

Task<std::unique_ptr<Generation>> Service::start_embed(models::StoredModel model, engine::EmbedRequest request, KeepAlive keep_alive) {
  const auto context = request.num_ctx > 0 ? request.num_ctx : std::numeric_limits<std::uint32_t>::max();
  const auto applied = apply_options(model.parameters, {}, options_.default_num_ctx);
  auto lease = co_await engine_of(std::move(model), applied.load, context, keep_alive);
  auto stream = lease->engine().open(FrameKind::embed, request);
  co_return std::make_unique<EngineGeneration>(std::move(lease), std::move(stream), options_.answer_timeout);
}

Task<engine::TextAnswer> Service::text(models::StoredModel model, FrameKind kind, engine::TextRequest request) {
  const auto applied = apply_options(model.parameters, {}, options_.default_num_ctx);
  if (!request.messages.empty()) add_model_messages(model, request.messages);
  auto lease = co_await engine_of(std::move(model), applied.load, applied.num_ctx, std::nullopt);
  auto stream = lease->engine().open(kind, request);
  auto event = co_await stream->next(options_.answer_timeout);
  if (!event) throw Error(ErrorCode::internal, "the engine gave no answer");
  co_return std::get<engine::TextAnswer>(std::move(*event));
}

Task<std::uint64_t> Service::load(models::StoredModel model, json::object options, KeepAlive keep_alive) {
  const auto applied = apply_options(model.parameters, options, options_.default_num_ctx);
  auto lease = co_await engine_of(std::move(model), applied.load, applied.num_ctx, keep_alive);
  co_return lease->load_ns();
}

void Service::unload(const models::StoredModel& model) { fleet_.unload(model.digest.text()); }

Task<std::optional<engine::EngineStats>> Service::stats(std::string key) {
  auto* engine = fleet_.find(key);
  if (!engine) co_return std::nullopt;
  auto stream = engine->open(FrameKind::stats, engine::TextRequest{});
  auto event = co_await stream->next(std::chrono::seconds(2));
  if (!event) co_return std::nullopt;
  co_return std::get<engine::EngineStats>(std::move(*event));
}

}  // namespace fragua::inference
