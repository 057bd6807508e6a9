// The prompts of asking, in the question's language: answering from numbered passages, a follow-up question with the one before it, and what
// is said when the documents do not have the answer. Callers: asking. Threads: pure.
// Instructions stand in the system's message, passages in the user's: what a document orders is text among the passages.
#pragma once
#include "documents/asking.h"

namespace fragua::documents {

enum class Tongue { spanish, english };
// Of a question; Spanish where it cannot be told.
Tongue tongue_of(std::string_view question);

// A greeting, thanks, a goodbye: nothing to look for.
bool is_small_talk(std::string_view question);
// "No está en los documentos."
std::string not_there(Tongue tongue);
// The model says that the passages do not answer.
bool says_not_there(std::string_view text);

// `instructions`: a collection's own; "": the house's.
std::vector<engine::Message> answer_prompt(const std::string& question, const std::vector<Passage>& passages, const std::string& instructions);
// "¿Y los sábados?" after "¿Cuándo abren las puertas?": both together. A question that stands alone stays as it is. No model rewrites it: those
// that run on a laptop answer it instead.
std::string in_context(const std::string& question, const std::vector<Turn>& history);
// Without documents.
std::vector<engine::Message> plain_prompt(const std::string& question, const std::vector<Turn>& history);

}  // namespace fragua::documents
