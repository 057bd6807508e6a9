// Prompt: a branch of a conversation as the messages that a model is asked with, and its parameters as settings.
// Callers: dialogue, titles. Threads: pure. In command mode each question stands alone.
// The model's own SYSTEM, MESSAGEs and PARAMETERs are put in by inference::Service, as for every request.
#pragma once
#include "conversations/conversation.h"
#include "engine/protocol.h"
#include "inference/fleet.h"

namespace fragua::conversations {

struct AnswerSettings {
  json::object options;                   // Ollama's names
  std::optional<bool> think;
  inference::KeepAlive keep_alive;
};
// Error(invalid_argument) names the parameter that nobody knows or that has a wrong value.
AnswerSettings settings_of(const json::object& parameters);

struct PromptMessage {
  Message message;
  std::vector<std::string> images;        // bytes
};

// The branch ends with the question, or with the answer that goes on.
std::vector<engine::Message> prompt_of(const Conversation& conversation, const std::vector<PromptMessage>& branch);

// How much text of a branch can matter to a model with so many tokens: more is not read from the database.
std::int64_t prompt_bytes_max(std::uint32_t context_tokens);

}  // namespace fragua::conversations
