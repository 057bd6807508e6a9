#include "inference/service.h"

#include <algorithm>

namespace fragua::inference {

using engine::FrameKind;

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

Fleet::Wanted Service::wanted(const models::StoredModel& model) const {
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
  load.gpu_layers = options_.gpu_layers;
  load.parallel_max = options_.parallel_max;
  load.draft_tokens_max = options_.draft_tokens_max;
  load.isolate_users = options_.isolate_users;
  load.context_tokens = options_.default_num_ctx;
  return wanted;
}

void Service::add_model_messages(const models::StoredModel& model, std::vector<engine::Message>& messages) const {
  std::vector<engine::Message> before;
  const bool has_system = !messages.empty() && messages.front().role == "system";
  if (!model.system.empty() && !has_system) before.push_back({.role = "system", .content = model.system});
  for (const auto& message : model.messages) before.push_back({.role = message.role, .content = message.content});
  messages.insert(messages.begin(), before.begin(), before.end());
}

Task<std::unique_ptr<Generation>> Service::generate(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                                    KeepAlive keep_alive) {
  auto applied = apply_options(model.parameters, options, options_.default_num_ctx);
  for (const auto& name : applied.unknown) log_.warn("options.ignored", {{"option", name}, {"model", model.name.display()}});
  request.sampling = std::move(applied.sampling);
  request.num_predict = applied.num_predict;
  request.num_ctx = applied.num_ctx;
  request.stop.insert(request.stop.end(), applied.stop.begin(), applied.stop.end());
  if (!request.messages.empty()) add_model_messages(model, request.messages);

  const auto abilities = capabilities(model);
  const auto can = [&](const char* what) { return std::find(abilities.begin(), abilities.end(), what) != abilities.end(); };
  const auto refuse = [&](const char* what) {
    throw Error(ErrorCode::invalid_argument, "\"" + model.name.display() + "\" does not support " + what);
  };
  if (!can("completion")) refuse("generate");
  if (request.think.value_or(false) && !can("thinking")) refuse("thinking");
  if (request.tools.is_array() && !request.tools.get_array().empty() && !can("tools")) refuse("tools");
  const bool has_images = !request.images.empty() || std::any_of(request.messages.begin(), request.messages.end(),
                                                                 [](const auto& message) { return !message.images.empty(); });
  // Ollama's own words follow ours: clients look for them.
  if (has_images && !can("vision")) refuse("images: this model is missing data required for image input");

  auto lease = co_await fleet_.acquire(wanted(model), keep_alive);
  // Many files do not name their tokens for filling in: the engine knows them by their texts.
  if (request.suffix && !can("insert") && !lease->engine().info().insert) refuse("insert");
  auto stream = lease->engine().open(FrameKind::generate, request);
  co_return std::make_unique<Generation>(std::move(lease), std::move(stream), options_.answer_timeout);
}

Task<std::unique_ptr<Generation>> Service::start_embed(models::StoredModel model, engine::EmbedRequest request, KeepAlive keep_alive) {
  auto lease = co_await fleet_.acquire(wanted(model), keep_alive);
  auto stream = lease->engine().open(FrameKind::embed, request);
  co_return std::make_unique<Generation>(std::move(lease), std::move(stream), options_.answer_timeout);
}

Task<engine::TextAnswer> Service::text(models::StoredModel model, FrameKind kind, engine::TextRequest request) {
  auto lease = co_await fleet_.acquire(wanted(model), std::nullopt);
  auto stream = lease->engine().open(kind, request);
  auto event = co_await stream->next(options_.answer_timeout);
  if (!event) throw Error(ErrorCode::internal, "the engine gave no answer");
  co_return std::get<engine::TextAnswer>(std::move(*event));
}

Task<std::uint64_t> Service::load(models::StoredModel model, KeepAlive keep_alive) {
  auto lease = co_await fleet_.acquire(wanted(model), keep_alive);
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
