// /upload/, /ask/ and /models: the endpoints of the usual document assistants (FastAPI with LangChain), so that scripts for those work here.
#include "api/native/ask.h"
#include "api/native/document_routes.h"
#include "api/native/document_upload.h"
#include "api/native/test_page.h"
#include "models/store.h"
#include "runtime/pool.h"

namespace fragua::api::native {

namespace {

constexpr std::chrono::minutes kReadMax{30};

struct ScriptQuestion {
  std::string question;
  bool context = true;
  std::string model;
  std::optional<double> temperature;
  std::optional<std::int64_t> num_ctx;
  std::optional<std::int64_t> num_predict;
};
template <class V>
void describe(V& field, ScriptQuestion& body) {
  field.required("question", body.question);
  field.optional("context", body.context, "false: the documents are left out");
  field.optional("model", body.model);
  field.optional("temperature", body.temperature);
  field.optional("num_ctx", body.num_ctx);
  field.optional("num_predict", body.num_predict);
}

json::object source_of(const documents::Source& source) {
  json::object o;
  o["filename"] = source.passage.document.name;
  o["page"] = source.page > 0 ? source.page : source.passage.chunk.page;
  o["quote"] = source.quote;
  o["score"] = source.passage.score;
  o["document_id"] = source.passage.document.id;
  return o;
}

documents::AskRequest request_of(ScriptQuestion body) {
  documents::AskRequest request;
  request.query.question = std::move(body.question);
  request.model = std::move(body.model);
  request.needs_documents = body.context;
  if (body.temperature) request.options["temperature"] = *body.temperature;
  if (body.num_ctx) request.options["num_ctx"] = *body.num_ctx;
  if (body.num_predict) request.options["num_predict"] = *body.num_predict;
  return request;
}

}  // namespace

Task<> upload_script(Call& call) {
  auto& service = call.services.documents;
  const auto inbox = co_await service.own(call.user, documents::kInbox);
  const auto received = co_await receive_documents(call, inbox.id);
  const auto& first = received.front().document;
  const auto document = co_await service.wait_for(call.user, first.id, kReadMax);
  if (document.state == documents::state::kFailed)
    throw Error(ErrorCode::unsupported, "\"" + document.name + "\" cannot be read (" + document.error_code + "): " + document.error);
  json::object answer;
  answer["status"] = "success";
  answer["filename"] = document.name;
  answer["size"] = document.bytes;
  answer["document_id"] = document.id;
  answer["pages"] = document.pages;
  answer["chunks"] = document.chunks;
  co_await call.reply(std::move(answer));
}

Task<> ask_script(Call& call) {
  auto body = co_await call.body_as<ScriptQuestion>(Unknown::ignored);
  const auto question = body.question;
  Silence silence;
  const auto said = co_await ask(call, request_of(std::move(body)), silence);
  json::array sources;
  for (const auto& source : said.sources) sources.push_back(source_of(source));
  json::object answer;
  answer["question"] = question;
  answer["answer"] = said.text;
  answer["context_used"] = said.used_documents && said.sufficient;
  answer["sources"] = std::move(sources);
  co_await call.reply(std::move(answer));
}

Task<> models_script(Call& call) {
  auto& store = call.services.store;
  const auto work = [&store] { return store.list(); };
  const auto list = co_await call.services.pool.run(work);
  json::array names;
  for (const auto& model : list) names.emplace_back(model.name.display());
  json::object answer;
  answer["models"] = std::move(names);
  co_await call.reply(std::move(answer));
}

Task<> ask_page(Call& call) {
  auto page = test_page(call.request().header("Accept-Language"));
  call.status = 200;
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(page.html);
  response.headers = call.headers;
  response.headers.emplace_back("Content-Security-Policy", std::move(page.policy));
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  co_await call.exchange.reply(std::move(response));
}

}  // namespace fragua::api::native
