// `fragua show`: what a model is made of, from the answer of /api/show.
// Callers: cli.cpp, cli/repl. Threads: the main one; show_text any, it is pure.
#pragma once
#include <string>

#include "base/json.h"

namespace fragua::cli {

struct Context;

int show_model(Context& context);

// The sections Model, Projector, Capabilities, Parameters, System, License; verbose adds Metadata and Tensors.
std::string show_text(const json::object& answer, bool verbose);

}  // namespace fragua::cli
