// Embeddings on the command line: `fragua embed`, and `fragua run` of an embedding model.
// Callers: cli.cpp, cli/run. Threads: the main one. Sends many texts in several requests.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace fragua::cli {

struct Context;

int embed_texts(Context& context);

// One vector a line, as JSON with as many digits as a float has; with --json the server's whole answer.
int embed_and_print(Context& context, const std::vector<std::string>& texts);
std::string vector_text(const json::array& vector);

}  // namespace fragua::cli
