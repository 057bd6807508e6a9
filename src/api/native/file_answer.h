// send_file: the rest of a file as an answer that has begun, piece by piece. Callers: api/native (backup, documents).
// Threads: the loop's. Holds one piece at a time, however large the file is.
#pragma once
#include <fstream>

#include "api/call.h"

namespace fragua::api::native {

Task<> send_file(Call& call, std::ifstream file);

}  // namespace fragua::api::native
