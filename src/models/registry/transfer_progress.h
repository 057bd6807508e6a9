// TransferProgress: one line of a pull's or a push's progress, as Ollama's API words it; how to listen, how to cancel.
// Callers: models/registry makes them, api/ prints them. Threads: a sink is called on the loop that awaits the
// transfer. A sink never throws and never blocks.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/json.h"
#include "models/digest.h"

namespace fragua::models {

struct TransferProgress {
  std::string status;  // "pulling manifest", "pulling 5f4dcc3b5aa7", …, "success"
  std::optional<Digest> digest;
  std::uint64_t total = 0;
  std::uint64_t completed = 0;
};

// As Ollama sends it: what is empty or zero is left out.
json::object to_json(const TransferProgress& progress);
// "pulling" and a digest: "pulling 5f4dcc3b5aa7".
TransferProgress blob_progress(const char* verb, const Digest& digest, std::uint64_t total, std::uint64_t completed);

using ProgressSink = std::function<void(const TransferProgress&)>;
// Set to true from any thread to stop; noticed within a tick. May be null.
using Cancellation = std::shared_ptr<std::atomic<bool>>;

}  // namespace fragua::models
