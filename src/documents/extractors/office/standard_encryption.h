// The standard encryption of Office 2007 ([MS-OFFCRYPTO] 2.3.4.5): AES in one piece, the key from 50,000 rounds of SHA-1. Callers: office/encrypted.
// Threads: any; pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

// As decrypt_agile.
std::optional<std::string> decrypt_standard(std::string_view info, std::string_view package, std::string_view password);

}  // namespace fragua::documents::extractors
