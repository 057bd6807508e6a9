// Files with clear errors: whole reads with a limit, and writes that are either there whole or not at all.
// Callers: models/, cli/, app/, engine/ caches. Threads: any. Errors name the file, not its folder (promises.md, 10).
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace fragua {

namespace fs = std::filesystem;

// Error: not_found, too_large, unavailable.
std::string read_file(const fs::path& path, std::uint64_t max_bytes = 64ull << 20);
// Temporary file beside it, fsync, rename, fsync of the folder. Error: storage_full, unavailable.
void write_file_atomically(const fs::path& path, std::string_view bytes);
// The Error for a failed system call on a file: ENOSPC -> storage_full, ENOENT -> not_found, else unavailable.
[[noreturn]] void throw_errno(std::string_view what, const fs::path& path, int error_number);

}  // namespace fragua
