// Routes of conversations: a person's stored chats. Callers: api/routes (all_routes). Threads: the loop's only.
// Each is for a signed-in person (Scope::account); what is somebody else's is not found.
#pragma once
#include "api/call.h"
#include "conversations/service.h"

namespace fragua::api::native {

// conversations.cpp
Task<> list_conversations(Call& call);
Task<> conversation_facets(Call& call);
Task<> create_conversation(Call& call);
Task<> show_conversation(Call& call);
Task<> change_conversation(Call& call);
Task<> remove_conversation(Call& call);
Task<> restore_conversation(Call& call);
Task<> list_messages(Call& call);
Task<> rate_message(Call& call);
// conversation_answers.cpp
Task<> ask_question(Call& call);
Task<> answer_again(Call& call);
Task<> continue_answer(Call& call);
Task<> stop_answer(Call& call);
Task<> follow_answer(Call& call);
// conversation_transfers.cpp
Task<> share_conversation(Call& call);
Task<> unshare_conversation(Call& call);
Task<> show_shared(Call& call);
Task<> show_file(Call& call);
Task<> export_conversation(Call& call);
Task<> export_conversations(Call& call);
Task<> import_conversations(Call& call);

void add_conversation_routes(Routes& routes);

}  // namespace fragua::api::native
