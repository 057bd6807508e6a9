// Token: the number of a vocabulary entry, the same as llama.cpp's, so that this folder needs no llama.h.
// Callers: everything in engine/. Threads: any.
#pragma once
#include <cstdint>

namespace fragua::engine {

using Token = std::int32_t;

}  // namespace fragua::engine
