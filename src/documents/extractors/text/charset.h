// Bytes of text in whatever encoding, as UTF-8: by byte order mark, then what the caller was told (a meta element, a header), then by
// looking at the bytes. Callers: text/, web/, mail. Threads: any; pure. Never throws: what cannot be decoded becomes U+FFFD.
#pragma once
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

std::string decode_text(std::string_view bytes, std::string_view declared = "");
// Whether it has none of the bytes that only binary files have; UTF-16 counts as text.
bool looks_like_text(std::string_view bytes);

}  // namespace fragua::documents::extractors
