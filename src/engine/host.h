// Host: the life of a `fragua engine` child: reads frames, loads the model, prepares requests, runs the scheduler, answers.
// Callers: app/ (the engine command) with a ModelLoader. Threads: the caller's reads; one prepares, one computes.
// A request's error is a `failed` frame; a broken channel or a failed load ends the process. Opens no sockets.
#pragma once
#include "base/clock.h"
#include "engine/model.h"

namespace fragua::engine {

// Serves the channel until the server closes it or says shutdown. Returns the process's exit status.
int serve_engine(int channel, const ModelLoader& load_model, std::function<std::uint64_t()> random, const Clock& clock);

}  // namespace fragua::engine
