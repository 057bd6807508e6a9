// Entropy: unguessable bytes for tokens, keys and ids that must not be found by trying. Callers: app/ hands `random_bytes` in, tests their
// own. Threads: any.
#pragma once
#include <cstddef>
#include <functional>
#include <string>

namespace fragua {

using Entropy = std::function<std::string(std::size_t bytes)>;

// From the system's generator, through OpenSSL.
std::string random_bytes(std::size_t bytes);

}  // namespace fragua
