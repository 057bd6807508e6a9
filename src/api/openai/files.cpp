// /v1/files: documents that are handed in before anybody says to which vector store they belong.
#include "api/native/document_upload.h"
#include "api/native/file_answer.h"
#include "api/openai/file_objects.h"
#include "api/openai/file_routes.h"

namespace fragua::api::openai {

namespace {

constexpr char kFilesName[] = "Files";
constexpr std::int64_t kListMax = 10'000;

bool is_for_documents(const std::string& purpose) { return purpose.empty() || purpose == "assistants" || purpose == "user_data"; }

void check_order(Call& call) {
  const auto order = call.query_text("order");
  if (!order.empty() && order != "desc") throw Error(ErrorCode::invalid_argument, "\"order\" must be desc: lists are the newest first");
}

}  // namespace

Task<> upload_file(Call& call) {
  auto& service = call.services.documents;
  const auto collection = co_await service.own(call.user, kFilesName);
  native::DocumentSink sink(call, collection.id);
  auto fields = co_await read_form(call, sink);
  const bool is_wanted = is_for_documents(fields["purpose"]);
  if (!is_wanted)
    for (const auto& one : sink.received)
      if (one.is_new) co_await service.remove_document(call.user, one.document.id);
  if (!is_wanted) throw Error(ErrorCode::invalid_argument, "\"purpose\" must be assistants or user_data: files are documents here");
  if (sink.received.size() != 1) throw Error(ErrorCode::invalid_argument, "\"file\" must be one file with a name");
  co_await call.reply(file_to_json(sink.received.front().document));
}

Task<> list_files(Call& call) {
  check_order(call);
  const auto collection = co_await call.services.documents.own(call.user, kFilesName);
  const auto found = co_await all_documents(call, collection.id);
  json::array items;
  for (const auto& document : found) items.push_back(file_to_json(document));
  const auto limit = call.query_integer("limit", kListMax);
  co_await call.reply(page_of(std::move(items), call.query_text("after"), limit, kListMax));
}

Task<> show_file(Call& call) {
  const auto found = co_await call.services.documents.document(call.user, bare_id(call.parameter("file")));
  co_await call.reply(file_to_json(found));
}

// Of no type, as every file of a stranger.
Task<> file_content(Call& call) {
  const auto path = co_await call.services.documents.file(call.user, bare_id(call.parameter("file")));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::not_found, "document not found");
  call.headers.emplace_back("Content-Disposition", "attachment");
  co_await call.begin("application/octet-stream");
  co_await native::send_file(call, std::move(file));
}

Task<> delete_file(Call& call) {
  auto& service = call.services.documents;
  const auto id = bare_id(call.parameter("file"));
  co_await service.remove_document(call.user, id);
  const auto copies = co_await service.copies_of(call.user, id);
  for (const auto& copy : copies) co_await service.remove_document(call.user, copy);
  co_await call.reply(deleted(call.parameter("file"), "file"));
}

}  // namespace fragua::api::openai
