// /api/v1/conversations: the list, one, its messages, the bin.
#include "api/native/conversation_bodies.h"
#include "api/native/conversation_json.h"
#include "api/native/conversation_routes.h"

namespace fragua::api::native {

namespace {

bool query_truth(Call& call, const std::string& name) {
  const auto text = call.query_text(name);
  if (text == "true" || text == "1") return true;
  if (text.empty() || text == "false" || text == "0") return false;
  throw Error(ErrorCode::invalid_argument, "\"" + name + "\" must be true or false");
}

}  // namespace

Task<> list_conversations(Call& call) {
  conversations::ListQuery query;
  query.search = call.query_text("search");
  query.folder = call.query_text("folder");
  query.tag = call.query_text("tag");
  query.archived = query_truth(call, "archived");
  query.limit = call.query_integer("limit", query.limit);
  query.cursor = call.query_text("cursor");
  const auto page = co_await call.services.conversations.list(call.user, std::move(query));
  json::array list;
  for (const auto& conversation : page.conversations) list.push_back(to_json(conversation));
  json::object answer;
  answer["conversations"] = std::move(list);
  answer["next_cursor"] = page.next_cursor;
  co_await call.reply(std::move(answer));
}

Task<> conversation_facets(Call& call) {
  const auto facets = co_await call.services.conversations.facets(call.user);
  co_await call.reply(to_json(facets));
}

Task<> create_conversation(Call& call) {
  auto body = co_await call.body_as<NewConversationBody>(Unknown::refused);
  conversations::NewConversation wanted;
  wanted.title = std::move(body.title);
  wanted.model = std::move(body.model);
  wanted.system = std::move(body.system);
  wanted.parameters = std::move(body.parameters);
  wanted.mode = std::move(body.mode);
  wanted.folder = std::move(body.folder);
  const auto made = co_await call.services.conversations.create(call.user, std::move(wanted));
  co_await call.reply(to_json(made), 201);
}

Task<> show_conversation(Call& call) {
  const auto found = co_await call.services.conversations.require(call.user, call.parameter("id"));
  co_await call.reply(to_json(found));
}

Task<> change_conversation(Call& call) {
  auto body = co_await call.body_as<ConversationChangeBody>(Unknown::refused);
  conversations::ConversationChange change;
  change.title = std::move(body.title);
  change.model = std::move(body.model);
  change.system = std::move(body.system);
  change.parameters = std::move(body.parameters);
  change.mode = std::move(body.mode);
  change.folder = std::move(body.folder);
  change.tags = std::move(body.tags);
  change.pinned = body.pinned;
  change.archived = body.archived;
  change.current_message_id = std::move(body.current_message_id);
  const auto changed = co_await call.services.conversations.change(call.user, call.parameter("id"), std::move(change));
  co_await call.reply(to_json(changed));
}

Task<> remove_conversation(Call& call) {
  co_await call.services.conversations.remove(call.user, call.parameter("id"));
  co_await call.reply_empty(204);
}

Task<> restore_conversation(Call& call) {
  const auto restored = co_await call.services.conversations.restore(call.user, call.parameter("id"));
  co_await call.reply(to_json(restored));
}

Task<> list_messages(Call& call) {
  conversations::MessageQuery query;
  query.leaf = call.query_text("leaf");
  query.before = call.query_text("before");
  query.limit = call.query_integer("limit", query.limit);
  const auto branch = co_await call.services.conversations.messages(call.user, call.parameter("id"), std::move(query));
  json::object answer;
  answer["messages"] = to_json(branch.messages);
  answer["more"] = branch.more;
  co_await call.reply(std::move(answer));
}

Task<> rate_message(Call& call) {
  const auto body = co_await call.body_as<RatingBody>(Unknown::refused);
  const auto message = co_await call.services.conversations.rate(call.user, call.parameter("id"), call.parameter("message"), body.rating);
  co_await call.reply(to_json(message));
}

}  // namespace fragua::api::native
