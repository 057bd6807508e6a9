// EmbeddedFile: a file that cmake/embed.cmake put into the program. Callers: db/migrations, app/assets.
// Threads: any; constant. Never freed.
#pragma once
#include <string_view>

namespace fragua {

struct EmbeddedFile {
  std::string_view name;   // relative to the folder that was embedded
  std::string_view bytes;
};

}  // namespace fragua
