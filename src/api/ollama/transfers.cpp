// What takes long and tells its progress: /api/pull, /api/push, /api/create, and uploads of blobs.
#include "accounts/administration.h"
#include "api/ollama/model_bodies.h"
#include "api/ollama/progress_relay.h"
#include "api/ollama/routes.h"
#include "api/ollama/transfers.h"
#include "models/registry/registry.h"
#include "models/store.h"
#include "runtime/pool.h"

namespace fragua::api::ollama {

namespace {

std::shared_ptr<ProgressRelay> make_relay(asio::any_io_executor executor) { return std::make_shared<ProgressRelay>(executor); }

json::object to_line(const models::CreateProgress& progress) {
  json::object line{{"status", progress.status}};
  if (progress.digest) line["digest"] = progress.digest->text();
  if (progress.total > 0) line["total"] = progress.total;
  if (progress.completed > 0) line["completed"] = progress.completed;
  return line;
}

// "success" is the relay's to say, when all is done.
template <class Progress>
auto listener(std::shared_ptr<ProgressRelay> relay) {
  return [relay](const Progress& progress) {
    if (*relay->cancelled()) throw Error(ErrorCode::cancelled, "the client went away");
    if (progress.status != "success") relay->report(to_line(progress));
  };
}

models::ProgressSink transfer_sink(std::shared_ptr<ProgressRelay> relay) {
  return [relay](const models::TransferProgress& progress) {
    if (progress.status != "success") relay->report(models::to_json(progress));
  };
}

std::map<std::string, models::Digest> digests(const std::map<std::string, std::string>& files) {
  std::map<std::string, models::Digest> result;
  for (const auto& [name, digest] : files) result.emplace(name, models::Digest::require(digest));
  return result;
}

models::CreateRequest to_request(const CreateBody& body) {
  models::CreateRequest request;
  request.name = models::ModelName::require(body.wanted());
  if (!body.from.empty()) request.from = models::ModelName::require(body.from);
  request.files = digests(body.files);
  request.adapters = digests(body.adapters);
  if (!body.template_.empty()) request.template_ = body.template_;
  if (!body.system.empty()) request.system = body.system;
  request.parameters = body.parameters;
  for (const auto& message : body.messages) request.messages.push_back({message.role, message.content});
  if (body.license.is_string()) request.licenses.emplace_back(body.license.get_string());
  else if (!body.license.is_null()) body::read(body.license, request.licenses, "license", Unknown::ignored);
  request.quantize = body.quantize.empty() ? body.quantization : body.quantize;
  request.requires_ = body.requires_;
  request.renderer = body.renderer;
  request.parser = body.parser;
  return request;
}

struct CreateWork {
  models::Creator& creator;
  models::CreateRequest request;
  std::shared_ptr<ProgressRelay> relay;
  void operator()() const { creator.create(request, listener<models::CreateProgress>(relay)); }
};

Task<> create_on_pool(WorkerPool& pool, CreateWork work) { co_await pool.run(std::move(work)); }

struct ModelAction {
  std::string action;
  models::ModelName model;
};

// What was done to a model is told to the audit log once it is done.
Task<> audited(accounts::Administration& administration, accounts::Actor actor, ModelAction done, Task<> work) {
  co_await std::move(work);
  co_await administration.record(std::move(actor), std::move(done.action), done.model.display());
}

Task<> run_audited(Call& call, bool stream, std::shared_ptr<ProgressRelay> relay, ModelAction done, Task<> work) {
  auto whole = audited(call.services.administration, call.actor(), std::move(done), std::move(work));
  co_await ProgressRelay::run(call, stream, std::move(relay), std::move(whole));
}

}  // namespace

Task<> pull(Call& call) {
  const auto body = co_await call.body_as<TransferBody>(Unknown::ignored);
  call.model = body.wanted();
  auto relay = make_relay(co_await asio::this_coro::executor);
  const auto name = models::ModelName::require(call.model);
  auto work = call.services.registry.pull({name, body.insecure, relay->cancelled()}, transfer_sink(relay));
  ModelAction done{"model.pull", name};
  co_await run_audited(call, body.stream.value_or(true), relay, std::move(done), std::move(work));
}

Task<> push(Call& call) {
  const auto body = co_await call.body_as<TransferBody>(Unknown::ignored);
  call.model = body.wanted();
  if (call.model.empty()) throw Error(ErrorCode::invalid_argument, "model is required");
  auto relay = make_relay(co_await asio::this_coro::executor);
  const auto name = models::ModelName::require(call.model);
  auto work = call.services.registry.push({name, body.insecure, relay->cancelled()}, transfer_sink(relay));
  ModelAction done{"model.push", name};
  co_await run_audited(call, body.stream.value_or(true), relay, std::move(done), std::move(work));
}

Task<> create(Call& call) {
  const auto body = co_await call.body_as<CreateBody>(Unknown::ignored);
  call.model = body.wanted();
  if (body.from.empty() && body.files.empty()) throw Error(ErrorCode::invalid_argument, "neither 'from' or 'files' was specified");
  co_await answer_create(call, to_request(body), body.stream.value_or(true));
}

Task<> answer_create(Call& call, models::CreateRequest request, bool stream) {
  auto relay = make_relay(co_await asio::this_coro::executor);
  ModelAction done{"model.create", request.name};
  auto work = create_on_pool(call.services.pool, {call.services.creator, std::move(request), relay});
  co_await run_audited(call, stream, relay, std::move(done), std::move(work));
}

Task<> receive_blob(Call& call, models::BlobWriter& writer) {
  while (true) {
    auto piece = co_await call.exchange.body_piece(call.route.body_max_bytes);
    if (piece.empty()) co_return;
    const auto write = [&writer, piece = std::move(piece)] { writer.write(piece); };
    co_await call.services.pool.run(write);
  }
}

Task<> has_blob(Call& call) {
  const auto digest = models::Digest::require(call.parameter("digest"));
  co_await call.reply_empty(call.services.store.blobs().has(digest) ? 200 : 404);
}

Task<> upload_blob(Call& call) {
  const auto digest = models::Digest::require(call.parameter("digest"));
  auto& blobs = call.services.store.blobs();
  if (blobs.has(digest)) {
    co_await call.reply_empty(200);
    co_return;
  }
  const auto lock = blobs.adding();
  auto writer = blobs.writer(call.exchange.content_length());
  co_await receive_blob(call, writer);
  const auto commit = [&writer, digest] { return writer.commit_as(digest).has_value(); };
  if (!co_await call.services.pool.run(commit)) throw Error(ErrorCode::invalid_argument, "digest mismatch, the upload was not what its digest says");
  co_await call.reply_empty(201);
}

}  // namespace fragua::api::ollama
