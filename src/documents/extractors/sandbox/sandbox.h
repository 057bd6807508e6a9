// What `fragua extract` gives up before it opens a stranger's file, for itself and every program that it starts: sockets other than
// AF_UNIX and calls that no reader needs (seccomp), files outside the system's folders and its own document, writing outside its
// scratch folder (Landlock, where the kernel has it), and more than its share of memory, time and disk (rlimits).
// Callers: host.cpp, once. Threads: before any is started. Nothing of it can be undone.
#pragma once
#include <string>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

struct SandboxFolders {
  fs::path document;                  // may be read
  fs::path scratch;                   // may be read and written
  std::vector<std::string> programs;  // PATH: may be read and run
};

// Error(unavailable): the kernel refused a filter that it knows.
void enter_sandbox(const SandboxFolders& folders);

}  // namespace fragua::documents::extractors
