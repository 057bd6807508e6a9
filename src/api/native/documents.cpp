// /api/v1/documents: states, files, pages.
#include <charconv>

#include "api/native/document_bodies.h"
#include "api/native/document_json.h"
#include "api/native/document_routes.h"
#include "api/native/document_upload.h"
#include "api/native/file_answer.h"
#include "base/strings.h"

namespace fragua::api::native {

namespace {

std::int64_t number_of(const std::string& text, const std::string& name) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 0) throw Error(ErrorCode::invalid_argument, "\"" + name + "\" must be a number");
  return number;
}

std::string image_type(std::string_view bytes) { return bytes.starts_with("\xff\xd8") ? "image/jpeg" : "image/png"; }

}  // namespace

Task<> list_documents(Call& call) {
  documents::DocumentQuery query;
  query.search = call.query_text("search");
  query.state = call.query_text("state");
  query.limit = call.query_integer("limit", query.limit);
  const auto cursor = call.query_text("cursor");
  if (!cursor.empty()) query.before = number_of(cursor, "cursor");
  const auto page = co_await call.services.documents.documents(call.user, call.parameter("id"), std::move(query));
  co_await call.reply(to_json(page));
}

Task<> read_text(Call& call) {
  TextSink sink(call);
  co_await read_form(call, sink);
  if (!sink.read) throw Error(ErrorCode::invalid_argument, "the form has no file: it must have a part \"file\" with a file name");
  json::object answer{{"name", sink.name}, {"format", sink.read->format}, {"pages", sink.read->pages}, {"text", sink.read->text}, {"truncated", sink.read->is_cut}};
  co_await call.reply(std::move(answer));
}

Task<> upload_documents(Call& call) {
  const auto received = co_await receive_documents(call, call.parameter("id"));
  json::array list;
  bool is_any_new = false;
  for (const auto& one : received) {
    auto document = to_json(one.document);
    document["duplicate"] = !one.is_new;
    list.push_back(std::move(document));
    is_any_new |= one.is_new;
  }
  json::object answer;
  answer["documents"] = std::move(list);
  co_await call.reply(std::move(answer), is_any_new ? 201 : 200);
}

Task<> show_document(Call& call) {
  const auto found = co_await call.services.documents.document(call.user, call.parameter("id"));
  co_await call.reply(to_json(found));
}

Task<> remove_document(Call& call) {
  co_await call.services.documents.remove_document(call.user, call.parameter("id"));
  co_await call.reply_empty(204);
}

Task<> retry_document(Call& call) {
  auto body = co_await call.body_as<RetryBody>(Unknown::refused);
  const auto document = co_await call.services.documents.retry(call.user, call.parameter("id"), std::move(body.password));
  co_await call.reply(to_json(document));
}

// Always an attachment of no type: what a stranger wrote is never a page of ours.
Task<> document_file(Call& call) {
  const auto found = co_await call.services.documents.document(call.user, call.parameter("id"));
  const auto path = co_await call.services.documents.file(call.user, found.id);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::not_found, "the file of this document is gone");
  call.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encoded(found.name));
  co_await call.begin("application/octet-stream");
  co_await send_file(call, std::move(file));
}

Task<> document_text(Call& call) {
  const auto chunks = co_await call.services.documents.text(call.user, call.parameter("id"));
  const auto pages = co_await call.services.documents.pages(call.user, call.parameter("id"));
  json::array chunk_list, page_list;
  for (const auto& chunk : chunks) chunk_list.push_back(to_json(chunk));
  for (const auto& page : pages) page_list.push_back(to_json(page));
  json::object answer;
  answer["chunks"] = std::move(chunk_list);
  answer["pages"] = std::move(page_list);
  co_await call.reply(std::move(answer));
}

Task<> document_place(Call& call) {
  const auto first = call.query_integer("page", 0);
  const documents::PageRange pages{first, std::max(first, call.query_integer("page_end", 0))};
  const auto place = co_await call.services.documents.place(call.user, call.parameter("id"), call.query_text("quote"), pages);
  json::object answer;
  answer["page"] = place.page;
  answer["boxes"] = to_json(place.boxes);
  co_await call.reply(std::move(answer));
}

Task<> document_page(Call& call) {
  const auto page = number_of(call.parameter("page"), "page");
  const auto view = co_await call.services.documents.page(call.user, call.parameter("id"), page, call.query_text("quote"));
  auto answer = to_json(view.page);
  answer["boxes"] = to_json(view.boxes);
  co_await call.reply(std::move(answer));
}

Task<> document_page_image(Call& call) {
  const auto page = number_of(call.parameter("page"), "page");
  const auto width = call.query_integer("width", 1000);
  http::Response response;
  response.body = co_await call.services.documents.page_image(call.user, call.parameter("id"), page, int(width));
  response.content_type = image_type(response.body);
  response.headers = call.headers;
  response.headers.emplace_back("Cache-Control", "private, max-age=3600");
  call.status = response.status;
  co_await call.exchange.reply(std::move(response));
}

}  // namespace fragua::api::native
