// Conversations and messages as the app reads them. Callers: api/native. Threads: pure.
// What belongs to the room alone (row numbers, who gave the title) stays there.
#pragma once
#include "base/json.h"
#include "conversations/service.h"

namespace fragua::api::native {

json::object to_json(const conversations::Conversation& conversation);
json::object to_json(const conversations::Message& message);
json::array to_json(const std::vector<conversations::Message>& messages);
json::object to_json(const conversations::AnswerEvent& event);
json::object to_json(const conversations::Facets& facets);
json::object to_json(const conversations::ImportReport& report);

}  // namespace fragua::api::native
