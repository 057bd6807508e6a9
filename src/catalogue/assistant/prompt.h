// Prompt: what the model is told for one question: numbered facts, the question, how to answer. Who it is stands in its SYSTEM, which the import
// writes with the catalogue's figures (catalogue/model_maker): the same for every question, so that it is computed once.
// Callers: composer, assistant. Threads: pure. What items and people say is data; the instructions stand behind it.
#pragma once
#include "catalogue/assistant/facts.h"
#include "engine/protocol.h"

namespace fragua::catalogue::assistant {

// What the question's answer stands on, one fact a line, without numbers.
std::vector<std::string> fact_lines(const Catalogue& catalogue, const Facts& facts, Tongue tongue);

std::vector<engine::Message> question_prompt(const Catalogue& catalogue, const Facts& facts, Tongue tongue);

}  // namespace fragua::catalogue::assistant
