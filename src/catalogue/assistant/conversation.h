// Conversation: a question with the ones that it leans on: "¿y en Bilbao?" asks what was asked before, of another city.
// Callers: assistant. Threads: the loop's only.
// Only what people said counts, and of the assistant's answers only which items they named: those are looked up again.
#pragma once
#include "catalogue/assistant/intent.h"
#include "catalogue/assistant/question_reader.h"
#include "engine/protocol.h"

namespace fragua::catalogue::assistant {

constexpr std::size_t kEarlierMax = 6;          // questions that one may lean on, one on the other
constexpr std::size_t kHistoryTurnsMax = 200;

struct ChatTurn {
  std::string role;                       // user, assistant
  std::string content;
};

struct Asked {
  std::string question;
  Intention intention;
  Understanding understanding;
  std::vector<std::string> pointed_at;    // keys of the items that the answer before it named
};

// What people and assistant said, without the last question; other roles are left out.
std::vector<ChatTurn> turns_of(const std::vector<engine::Message>& messages);

// `later`, with what it takes over from the question before it.
Asked continued(const Asked& earlier, Asked later);

// The keys in an answer: "… [evt-2025-001] …".
std::vector<std::string> cited_keys(std::string_view answer);

// The question as it is meant after these turns.
Task<Asked> read_in_context(QuestionReader& reader, CataloguePointer catalogue, std::string question, std::vector<ChatTurn> turns);

}  // namespace fragua::catalogue::assistant
