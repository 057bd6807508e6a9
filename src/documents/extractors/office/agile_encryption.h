// The agile encryption of Office documents ([MS-OFFCRYPTO] 2.3.4.10): keys from the password by many rounds of hashing, the package in segments of
// 4096 bytes under AES-CBC. Callers: office/encrypted. Threads: any; pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

// The package, or nothing where the password is wrong. info: the stream EncryptionInfo; package: the stream EncryptedPackage.
// Failure(unsupported): encrypted some other way; Failure(damaged): what does not add up.
std::optional<std::string> decrypt_agile(std::string_view info, std::string_view package, std::string_view password);

}  // namespace fragua::documents::extractors
