// /api/v1/collections/ID/urls: documents that are fetched from addresses, one after the other; each is told, those that cannot be fetched too.
#include "api/leave_watch.h"
#include "api/native/document_bodies.h"
#include "api/native/document_json.h"
#include "api/native/document_routes.h"

namespace fragua::api::native {

namespace {

constexpr std::size_t kUrlsMax = 20;

void check(const UrlsBody& body) {
  if (body.urls.empty() || body.urls.size() > kUrlsMax) body::fail("urls", "1 to 20 addresses");
}

json::object told(const std::string& url, const Error& error) {
  return {{"url", url}, {"error", {{"code", fragua::name_of(error.code())}, {"message", error.what()}}}};
}

Task<json::object> fetch(Call& call, std::string url, std::shared_ptr<bool> cancelled) {
  const auto received = co_await call.services.documents.fetch(call.user, call.parameter("id"), url, std::move(cancelled));
  auto document = to_json(received.document);
  document["url"] = url;
  document["duplicate"] = !received.is_new;
  co_return document;
}

// One that cannot be fetched is told like the others: {"url", "error"}.
Task<json::object> fetch_or_tell(Call& call, std::string url, std::shared_ptr<bool> cancelled) {
  json::object answer;
  try {
    answer = co_await fetch(call, url, cancelled);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled || error.code() == ErrorCode::storage_full) throw;
    answer = told(url, error);
  }
  co_return answer;
}

}  // namespace

Task<> fetch_documents(Call& call) {
  const auto body = co_await call.body_as<UrlsBody>(Unknown::refused);
  check(body);
  const auto collection = co_await call.services.documents.collection(call.user, call.parameter("id"));
  if (!collection.is_own) throw Error(ErrorCode::forbidden, "only its owner may change this collection");
  const auto cancelled = std::make_shared<bool>(false);
  const LeaveWatch watch(call, [cancelled] { *cancelled = true; });
  json::array list;
  for (const auto& url : body.urls) {
    auto one = co_await fetch_or_tell(call, url, cancelled);
    list.push_back(std::move(one));
  }
  json::object answer;
  answer["documents"] = std::move(list);
  co_await call.reply(std::move(answer), 201);
}

}  // namespace fragua::api::native
