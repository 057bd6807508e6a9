// Model management: /api/tags, /api/ps, /api/show, /api/copy, /api/delete, /api/version, /.
#include <algorithm>

#include "accounts/administration.h"
#include "api/ollama/model_bodies.h"
#include "api/ollama/routes.h"
#include "api/web_app.h"
#include "base/strings.h"
#include "models/needs.h"
#include "models/show.h"
#include "models/store.h"
#include "runtime/pool.h"

namespace fragua::api::ollama {

namespace {

json::object details_to_json(const models::ModelDetails& details) {
  return {{"parent_model", details.parent_model},     {"format", details.format},
          {"family", details.family},                 {"families", json::value_from(details.families)},
          {"parameter_size", details.parameter_size}, {"quantization_level", details.quantization_level}};
}

// As in Ollama's answers: bare hex for tags and ps, and the parent only in show.
json::object entry(const models::ModelEntry& model, const std::optional<models::ModelNeeds>& needs) {
  json::object entry{{"name", model.name.display()},   {"model", model.name.display()},
          {"modified_at", rfc3339(model.modified_at)}, {"size", model.size},
          {"digest", model.digest.hex()},   {"details", details_to_json(models::details_of(model.config, ""))}};
  // Ours: pickers show what a model can do and what it needs.
  if (needs) {
    entry["capabilities"] = json::value_from(needs->capabilities);
    entry["memory_bytes"] = needs->memory_bytes;
  }
  return entry;
}

void put_text(json::object& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

json::object show_to_json(const models::ShowResult& shown, bool verbose) {
  json::object result;
  put_text(result, "license", shown.license);
  result["modelfile"] = shown.modelfile;
  put_text(result, "parameters", shown.parameters);
  put_text(result, "template", shown.template_);
  put_text(result, "system", shown.system);
  put_text(result, "renderer", shown.renderer);
  put_text(result, "parser", shown.parser);
  result["details"] = details_to_json(shown.details);
  json::array messages;
  for (const auto& message : shown.messages) messages.push_back({{"role", message.role}, {"content", message.content}});
  if (!messages.empty()) result["messages"] = std::move(messages);
  result["model_info"] = shown.model_info;
  if (!shown.projector_info.empty()) result["projector_info"] = shown.projector_info;
  if (verbose) result["tensors"] = shown.tensors;
  result["capabilities"] = json::value_from(shown.capabilities);
  result["modified_at"] = rfc3339(shown.modified_at);
  put_text(result, "requires", shown.requires_);
  return result;
}

std::string require_name(const NamedBody& body) {
  if (body.wanted().empty()) throw Error(ErrorCode::invalid_argument, "model is required");
  return body.wanted();
}

json::object row_of(Call& call, const inference::LoadedModel& loaded, SystemTime expires_at) {
  const auto stored = call.services.store.find(models::ModelName::require(loaded.name));
  // Clients call a model whose size is all VRAM "100% GPU".
  const auto on_cpu = loaded.is_all_on_gpu ? 0 : loaded.resident_bytes;
  json::object row{{"name", loaded.name}, {"model", loaded.name}, {"size", on_cpu + loaded.gpu_bytes}};
  row["digest"] = stored ? stored->digest.hex() : "";
  row["details"] = details_to_json(stored ? models::details_of(stored->config, "") : models::ModelDetails{});
  row["expires_at"] = rfc3339(expires_at);
  row["size_vram"] = loaded.gpu_bytes;
  row["context_length"] = loaded.context_tokens;
  return row;
}

}  // namespace

// A browser gets the app, everything else the words that Ollama's clients look for.
Task<> root(Call& call) {
  call.status = 200;
  if (auto page = web_app_answer(call.request(), call.services.assets)) {
    co_await call.exchange.reply(std::move(*page));
    co_return;
  }
  http::Response response;
  response.headers = call.headers;
  response.content_type = "text/plain; charset=utf-8";
  response.body = "Ollama is running";
  co_await call.exchange.reply(std::move(response));
}

Task<> version(Call& call) {
  json::object answer{{"version", FRAGUA_VERSION}};
  co_await call.reply(std::move(answer));
}

Task<> tags(Call& call) {
  auto& store = call.services.store;
  auto& headers = call.services.headers;
  const auto context_tokens = call.services.inference.default_num_ctx();
  const auto work = [&store, &headers, context_tokens] {
    json::array models;
    for (const auto& model : store.list()) models.push_back(entry(model, models::needs_of(store, headers, model.name, context_tokens)));
    return models;
  };
  auto models = co_await call.services.pool.run(work);
  json::object answer;
  answer["models"] = std::move(models);
  co_await call.reply(std::move(answer));
}

Task<> ps(Call& call) {
  json::array models;
  auto list = call.services.inference.fleet().loaded();
  // Never: as far away as Ollama's clients understand.
  const auto never = call.services.clock.system() + std::chrono::hours(24 * 365 * 100);
  const auto expiry = [never](const inference::LoadedModel& model) { return model.expires_at.value_or(never); };
  std::stable_sort(list.begin(), list.end(), [&](const auto& a, const auto& b) { return expiry(a) > expiry(b); });
  for (const auto& loaded : list)
    if (!loaded.loading) models.push_back(row_of(call, loaded, expiry(loaded)));
  json::object answer;
  answer["models"] = std::move(models);
  co_await call.reply(std::move(answer));
}

Task<> show(Call& call) {
  auto body = co_await call.body_as<ShowBody>(Unknown::ignored);
  call.model = require_name(body);
  auto model = co_await call.services.inference.find(call.model);
  auto& services = call.services;
  const bool verbose = body.verbose;
  const auto work = [&services, verbose, model = std::move(model)] {
    return models::show(model, services.store.blobs(), services.headers, {.verbose = verbose});
  };
  const auto shown = co_await services.pool.run(work);
  co_await call.reply(show_to_json(shown, verbose));
}

Task<> copy(Call& call) {
  const auto body = co_await call.body_as<CopyBody>(Unknown::ignored);
  const auto from = models::ModelName::parse(body.source), to = models::ModelName::parse(body.destination);
  if (!from) throw Error(ErrorCode::invalid_argument, "source \"" + body.source + "\" is invalid");
  if (!to) throw Error(ErrorCode::invalid_argument, "destination \"" + body.destination + "\" is invalid");
  auto& store = call.services.store;
  if (!store.find(*from)) throw Error(ErrorCode::not_found, "model \"" + body.source + "\" not found");
  const auto work = [&store, from, to] { store.copy(*from, *to); };
  co_await call.services.pool.run(work);
  co_await call.services.administration.record(call.actor(), "model.copy", from->display() + " → " + to->display());
  co_await call.reply_empty();
}

Task<> remove(Call& call) {
  const auto body = co_await call.body_as<DeleteBody>(Unknown::ignored);
  call.model = require_name(body);
  const auto model = co_await call.services.inference.find(call.model);
  auto& store = call.services.store;
  const auto work = [&store, name = model.name] { store.remove(name); };
  co_await call.services.pool.run(work);
  call.services.inference.unload(model);
  co_await call.services.administration.record(call.actor(), "model.remove", model.name.display());
  co_await call.reply_empty();
}

}  // namespace fragua::api::ollama
