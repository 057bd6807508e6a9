// /api/v1/models, /api/v1/modelfile/check and /api/v1/blobs: making a model in the app, from a Modelfile and uploaded files.
#include <charconv>

#include "api/native/bodies.h"
#include "api/native/routes.h"
#include "api/ollama/transfers.h"
#include "modelfile/modelfile.h"
#include "models/store.h"
#include "runtime/pool.h"

namespace fragua::api::native {

namespace {

// "sha256:…" or "@sha256:…": a file that was uploaded; anything else is a model's name. Paths mean nothing here.
std::optional<models::Digest> as_digest(std::string_view text) {
  if (text.starts_with('@')) text.remove_prefix(1);
  return text.starts_with("sha256:") ? std::optional(models::Digest::require(std::string(text))) : std::nullopt;
}

models::CreateRequest to_request(const ModelBody& body) {
  const auto file = modelfile::parse(body.modelfile);
  models::CreateRequest request;
  request.name = models::ModelName::require(body.model);
  request.quantize = body.quantize;
  models::apply(file, request);
  for (const auto& from : file.from) {
    const auto name = "model-" + std::to_string(request.files.size() + 1) + ".gguf";
    if (const auto digest = as_digest(from)) request.files.emplace(name, *digest);
    else request.from = models::ModelName::require(from);
  }
  for (const auto& adapter : file.adapters) {
    const auto digest = as_digest(adapter);
    if (!digest) throw Error(ErrorCode::invalid_argument, "ADAPTER must name an uploaded file here: sha256:…");
    request.adapters.emplace("adapter-" + std::to_string(request.adapters.size() + 1) + ".gguf", *digest);
  }
  return request;
}

// "line 3: …" of the parser's message; 0 where it names none.
std::int64_t line_of(std::string_view message) {
  const auto at = message.find("line ");
  std::int64_t line = 0;
  if (at != std::string_view::npos) std::from_chars(message.data() + at + 5, message.data() + message.size(), line);
  return line;
}

std::optional<Error> problem_of(const std::string& text) {
  try {
    modelfile::parse(text);
    return std::nullopt;
  } catch (const Error& error) {
    return error;
  }
}

}  // namespace

Task<> check_modelfile(Call& call) {
  const auto body = co_await call.body_as<ModelfileBody>(Unknown::refused);
  json::array errors;
  if (const auto problem = problem_of(body.modelfile)) errors.push_back({{"line", line_of(problem->what())}, {"message", problem->what()}});
  json::object answer;
  answer["errors"] = std::move(errors);
  co_await call.reply(std::move(answer));
}

Task<> create_model(Call& call) {
  const auto body = co_await call.body_as<ModelBody>(Unknown::refused);
  call.model = body.model;
  co_await ollama::answer_create(call, to_request(body), true);
}

Task<> add_blob(Call& call) {
  auto& blobs = call.services.store.blobs();
  const auto lock = blobs.adding();
  auto writer = blobs.writer(call.exchange.content_length());
  co_await ollama::receive_blob(call, writer);
  // Optional: what a pool gives back must be makable without arguments.
  const auto commit = [&writer] { return std::optional(writer.commit()); };
  const auto stored = co_await call.services.pool.run(commit);
  json::object answer;
  answer["digest"] = stored->digest.text();
  answer["size"] = stored->size;
  co_await call.reply(std::move(answer), 201);
}

}  // namespace fragua::api::native
