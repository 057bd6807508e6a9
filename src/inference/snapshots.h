// Snapshots: the files that engines keep of models' pinned prefixes, in the cache folder. Callers: app. Threads: any; blocks.
// Never touches what is no snapshot.
#pragma once
#include <chrono>
#include <filesystem>

namespace fragua::inference {

// Removes those that no engine has written or read for so long: their models, or their system prompts, are others by now.
// What cannot be removed stays for the next time.
void remove_stale_snapshots(const std::filesystem::path& cache_folder, std::chrono::hours unused);

}  // namespace fragua::inference
