// `fragua documents ask` and `search`: an answer with its sources, and passages with their ranks, for people and for programs.
// Callers: cli/documents. Threads: the main one. A quote is shown as it stands in the document, less its control characters.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace fragua::cli {

struct Context;

std::string answer_text(const json::object& answer);
std::string passages_text(const json::object& answer);

int ask_documents(Context& context, const std::vector<std::string>& words);
int search_documents(Context& context, const std::vector<std::string>& words);

}  // namespace fragua::cli
