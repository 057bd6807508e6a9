#include "api/native/conversation_routes.h"

#include "api/native/conversation_bodies.h"
#include "api/route_group.h"

namespace fragua::api::native {

namespace {

constexpr std::uint64_t kImportBody = 128 << 20;

using http::Method;

constexpr std::string_view kList = "/api/v1/conversations";
constexpr std::string_view kOne = "/api/v1/conversations/:id";
constexpr std::string_view kMessages = "/api/v1/conversations/:id/messages";
constexpr std::string_view kMessage = "/api/v1/conversations/:id/messages/:message";

void add_conversations(RouteGroup& group) {
  group.add({Method::get, kList, list_conversations, Answer::json, "Conversations: pinned first, then the newest; search, folder, tag, archived"});
  group.add({Method::get, "/api/v1/conversations/facets", conversation_facets, Answer::json, "Folders and tags with their counts"});
  group.add({Method::post, kList, create_conversation, Answer::json, "A new conversation"}, kSmallBody, schema_of<NewConversationBody>);
  group.add({Method::get, kOne, show_conversation, Answer::json, "One conversation, without its messages"});
  group.add({Method::patch, kOne, change_conversation, Answer::json, "Changes what is given"}, kSmallBody, schema_of<ConversationChangeBody>);
  group.add({Method::delete_, kOne, remove_conversation, Answer::empty, "Puts it into the bin for 30 days"});
  group.add({Method::post, "/api/v1/conversations/:id/restore", restore_conversation, Answer::json, "Takes it out of the bin"}, kSmallBody);
  group.add({Method::get, kMessages, list_messages, Answer::json, "The last messages of a branch: leaf, before, limit"});
  group.add({Method::patch, kMessage, rate_message, Answer::json, "Rates a message"}, kSmallBody, schema_of<RatingBody>);
}

void add_answers(RouteGroup& group) {
  group.add({Method::post, kMessages, ask_question, Answer::sse, "Asks; the answer comes as events and goes on without its reader"}, kChatBody,
      schema_of<QuestionBody>);
  group.add({Method::post, "/api/v1/conversations/:id/messages/:message/answer", answer_again, Answer::sse, "Another answer to that question"},
      kSmallBody, schema_of<AnswerBody>);
  group.add({Method::post, "/api/v1/conversations/:id/messages/:message/continue", continue_answer, Answer::sse, "Goes on with that answer"},
      kSmallBody, schema_of<NothingBody>);
  group.add({Method::post, "/api/v1/conversations/:id/messages/:message/stop", stop_answer, Answer::empty, "Stops that answer"}, kSmallBody,
      schema_of<NothingBody>);
  group.add({Method::get, "/api/v1/conversations/:id/messages/:message/events", follow_answer, Answer::sse,
               "All of that answer so far, then what comes"});
}

void add_transfers(RouteGroup& group) {
  const std::string_view share = "/api/v1/conversations/:id/share";
  group.add({Method::post, share, share_conversation, Answer::json, "Shares the branch that is shown, as it is now"}, kSmallBody);
  group.add({Method::delete_, share, unshare_conversation, Answer::empty, "Ends the sharing"});
  group.add({Method::get, "/api/v1/shared/:share_id", show_shared, Answer::json, "A conversation that somebody shared"});
  group.add({Method::get, "/api/v1/files/:id", show_file, Answer::text, "An image of a conversation"});
  group.add({Method::get, "/api/v1/conversations/:id/export", export_conversation, Answer::json, "One conversation as json or markdown"});
  group.add({Method::get, "/api/v1/conversations/export", export_conversations, Answer::json, "All conversations"});
  group.add({Method::post, "/api/v1/conversations/import", import_conversations, Answer::json,
               "Imports Fragua's, ChatGPT's (also its zip file) or Open WebUI's export"}, kImportBody);
}

}  // namespace

void add_conversation_routes(Routes& routes) {
  RouteGroup group(routes, Scope::account, Dialect::native);
  add_conversations(group);
  add_answers(group);
  add_transfers(group);
}

}  // namespace fragua::api::native
