#include "api/native/conversation_routes.h"

#include "api/native/conversation_bodies.h"

namespace fragua::api::native {

namespace {

constexpr std::uint64_t kImportBody = 128 << 20;

using http::Method;
using Schema = json::object (*)();

constexpr std::string_view kList = "/api/v1/conversations";
constexpr std::string_view kOne = "/api/v1/conversations/:id";
constexpr std::string_view kMessages = "/api/v1/conversations/:id/messages";
constexpr std::string_view kMessage = "/api/v1/conversations/:id/messages/:message";

struct What {
  Method method;
  std::string_view path;
  Handler handler;
  Answer answer;
  std::string_view summary;
};
void add(Routes& routes, const What& what, std::uint64_t body_max_bytes = 0, Schema schema = nullptr) {
  routes.push_back({what.method, what.path, Scope::account, Dialect::native, body_max_bytes, what.handler, schema, what.answer, what.summary});
}

void add_conversations(Routes& routes) {
  add(routes, {Method::get, kList, list_conversations, Answer::json, "Conversations: pinned first, then the newest; search, folder, tag, archived"});
  add(routes, {Method::get, "/api/v1/conversations/facets", conversation_facets, Answer::json, "Folders and tags with their counts"});
  add(routes, {Method::post, kList, create_conversation, Answer::json, "A new conversation"}, kSmallBody, schema_of<NewConversationBody>);
  add(routes, {Method::get, kOne, show_conversation, Answer::json, "One conversation, without its messages"});
  add(routes, {Method::patch, kOne, change_conversation, Answer::json, "Changes what is given"}, kSmallBody, schema_of<ConversationChangeBody>);
  add(routes, {Method::delete_, kOne, remove_conversation, Answer::empty, "Puts it into the bin for 30 days"});
  add(routes, {Method::post, "/api/v1/conversations/:id/restore", restore_conversation, Answer::json, "Takes it out of the bin"}, kSmallBody);
  add(routes, {Method::get, kMessages, list_messages, Answer::json, "The last messages of a branch: leaf, before, limit"});
  add(routes, {Method::patch, kMessage, rate_message, Answer::json, "Rates a message"}, kSmallBody, schema_of<RatingBody>);
}

void add_answers(Routes& routes) {
  add(routes, {Method::post, kMessages, ask_question, Answer::sse, "Asks; the answer comes as events and goes on without its reader"}, kChatBody,
      schema_of<QuestionBody>);
  add(routes, {Method::post, "/api/v1/conversations/:id/messages/:message/answer", answer_again, Answer::sse, "Another answer to that question"},
      kSmallBody, schema_of<AnswerBody>);
  add(routes, {Method::post, "/api/v1/conversations/:id/messages/:message/continue", continue_answer, Answer::sse, "Goes on with that answer"},
      kSmallBody, schema_of<NothingBody>);
  add(routes, {Method::post, "/api/v1/conversations/:id/messages/:message/stop", stop_answer, Answer::empty, "Stops that answer"}, kSmallBody,
      schema_of<NothingBody>);
  add(routes, {Method::get, "/api/v1/conversations/:id/messages/:message/events", follow_answer, Answer::sse,
               "All of that answer so far, then what comes"});
}

void add_transfers(Routes& routes) {
  const std::string_view share = "/api/v1/conversations/:id/share";
  add(routes, {Method::post, share, share_conversation, Answer::json, "Shares the branch that is shown, as it is now"}, kSmallBody);
  add(routes, {Method::delete_, share, unshare_conversation, Answer::empty, "Ends the sharing"});
  add(routes, {Method::get, "/api/v1/shared/:share_id", show_shared, Answer::json, "A conversation that somebody shared"});
  add(routes, {Method::get, "/api/v1/files/:id", show_file, Answer::text, "An image of a conversation"});
  add(routes, {Method::get, "/api/v1/conversations/:id/export", export_conversation, Answer::json, "One conversation as json or markdown"});
  add(routes, {Method::get, "/api/v1/conversations/export", export_conversations, Answer::json, "All conversations"});
  add(routes, {Method::post, "/api/v1/conversations/import", import_conversations, Answer::json,
               "Imports Fragua's, ChatGPT's or Open WebUI's export"}, kImportBody);
}

}  // namespace

void add_conversation_routes(Routes& routes) {
  add_conversations(routes);
  add_answers(routes);
  add_transfers(routes);
}

}  // namespace fragua::api::native
