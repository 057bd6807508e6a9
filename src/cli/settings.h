// The /set commands of the conversation: what they change in the session, and the sentence they answer with.
// Callers: cli/repl. Threads: any. Wrong values are answered, not thrown.
#pragma once
#include <string>

#include "cli/repl_reader.h"
#include "cli/session.h"

namespace fragua::cli {

std::string apply_setting(Session& session, const ReplCommand& command);

// The help texts of the conversation.
std::string repl_help(const std::string& topic, bool sees_images);

}  // namespace fragua::cli
