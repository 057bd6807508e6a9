// Source text: a file's bytes as the parsers want them: UTF-8, lines ended by LF, no control characters but tab.
// Callers: modelfile.cpp. Threads: any; pure. Invalid bytes become U+FFFD; nothing is refused.
#pragma once
#include <string>
#include <string_view>

namespace fragua::modelfile {

// UTF-16 is recognised by its byte order mark, as Windows editors write it.
std::string plain_text(std::string_view bytes);

}  // namespace fragua::modelfile
