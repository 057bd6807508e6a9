// ByteProgress: how far a long read, hash or copy is. Callers: whoever starts one of the store's long operations.
// Called on the thread that works, at most a few times per MiB. It stops the operation by throwing (Error(cancelled));
// nothing half-done stays behind.
#pragma once
#include <cstdint>
#include <functional>

namespace fragua::models {

using ByteProgress = std::function<void(std::uint64_t done_bytes, std::uint64_t total_bytes)>;

}  // namespace fragua::models
