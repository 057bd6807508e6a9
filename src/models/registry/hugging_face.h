// hf.co: its models come through a registry of Ollama's shape ("hf.co/USER/REPO:QUANT" is
// /v2/USER/REPO/manifests/QUANT), so the puller brings them; here is what is different: how it says no. Callers:
// puller. Threads: any; pure.
#pragma once
#include "base/error.h"
#include "http/client.h"

namespace fragua::models {

// Says what to do: private or missing repository, no GGUF, a quantisation that is not there, a split model.
Error hub_error(const http::ClientResponse& response);

}  // namespace fragua::models
