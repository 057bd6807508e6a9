// What leaves and enters conversations: shares, images, exports, imports.
#include <iterator>

#include "api/native/conversation_json.h"
#include "api/native/conversation_routes.h"
#include "backup/zip_file.h"

namespace fragua::api::native {

namespace {

using conversations::ExportFormat;

constexpr std::uint64_t kUnpackedMaxBytes = 256 << 20;   // of a zip file's conversations

// `name` is ours: no header is made of what a person typed.
Task<> send(Call& call, std::shared_ptr<conversations::Export> text, std::string type, std::string name) {
  call.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  co_await call.begin(std::move(type));
  while (auto piece = co_await text->next()) co_await call.exchange.write(std::move(*piece));
  co_await call.end();
}

ExportFormat wanted_format(Call& call) {
  const auto format = call.query_text("format");
  if (format.empty() || format == "json") return ExportFormat::json;
  if (format == "markdown") return ExportFormat::markdown;
  throw Error(ErrorCode::invalid_argument, "\"format\" must be json or markdown");
}

// ChatGPT hands out a zip file, in which a long history is in several: conversations.json, or conversations-000.json and so on.
std::vector<std::string> texts_of(std::string body) {
  std::vector<std::string> texts;
  if (!body.starts_with("PK\3\4")) {
    texts.push_back(std::move(body));
    return texts;
  }
  backup::ZipReader zip{std::string_view(body)};
  std::uint64_t room = kUnpackedMaxBytes;
  for (const auto& name : zip.names()) {
    const auto file = name.substr(name.rfind('/') + 1);
    if (!file.starts_with("conversations") || !file.ends_with(".json")) continue;
    texts.push_back(zip.read(name, room));
    room -= texts.back().size();
  }
  if (texts.empty()) throw Error(ErrorCode::invalid_argument, "there is no conversations.json in this zip file");
  return texts;
}

}  // namespace

Task<> share_conversation(Call& call) {
  const auto id = co_await call.services.conversations.share(call.user, call.parameter("id"));
  json::object answer;
  answer["share_id"] = id;
  co_await call.reply(std::move(answer));
}

Task<> unshare_conversation(Call& call) {
  co_await call.services.conversations.unshare(call.user, call.parameter("id"));
  co_await call.reply_empty(204);
}

Task<> show_shared(Call& call) {
  const auto shared = co_await call.services.conversations.shared(call.parameter("share_id"));
  json::object answer;
  answer["title"] = shared.title;
  answer["owner"] = shared.owner;
  answer["messages"] = to_json(shared.messages);
  co_await call.reply(std::move(answer));
}

// Its type comes from its first bytes, and it can do nothing in a browser but be seen.
Task<> show_file(Call& call) {
  auto file = co_await call.services.conversations.file(call.user, call.parameter("id"));
  call.status = 200;
  http::Response response;
  response.content_type = file.type;
  response.body = std::move(file.bytes);
  response.headers = call.headers;
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
  response.headers.emplace_back("Cache-Control", "private, max-age=86400, immutable");
  co_await call.exchange.reply(std::move(response));
}

Task<> export_conversation(Call& call) {
  const auto format = wanted_format(call);
  auto text = co_await call.services.conversations.export_one(call.user, call.parameter("id"), format);
  const bool is_json = format == ExportFormat::json;
  std::string type = is_json ? "application/json; charset=utf-8" : "text/markdown; charset=utf-8";
  std::string name = is_json ? "conversation.json" : "conversation.md";
  co_await send(call, std::move(text), std::move(type), std::move(name));
}

Task<> export_conversations(Call& call) {
  auto text = co_await call.services.conversations.export_all(call.user);
  std::string type = "application/json; charset=utf-8", name = "conversations.json";
  co_await send(call, std::move(text), std::move(type), std::move(name));
}

Task<> import_conversations(Call& call) {
  auto body = co_await call.exchange.body(call.route.body_max_bytes);
  if (body.empty()) throw Error(ErrorCode::invalid_argument, "missing request body");
  const auto unpack = [&body] { return texts_of(std::move(body)); };
  auto texts = co_await call.services.pool.run(unpack);
  conversations::ImportReport report;
  for (auto& text : texts) {
    auto part = co_await call.services.conversations.import(call.user, std::move(text));
    report.imported += part.imported;
    std::move(part.skipped.begin(), part.skipped.end(), std::back_inserter(report.skipped));
  }
  co_await call.reply(to_json(report));
}

}  // namespace fragua::api::native
