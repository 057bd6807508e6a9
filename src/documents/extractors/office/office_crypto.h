// What the ways of encrypting Office documents share: hashes, the many rounds that make a key of a password, AES. Callers: office/agile_encryption,
// office/standard_encryption. Threads: any; pure. Failure(damaged) for what does not add up.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

[[noreturn]] void damaged_encryption();
// hash: OpenSSL's name. Failure(unsupported) where it has none.
std::string digest(const std::string& hash, std::string_view bytes);
std::string little_endian(std::uint32_t number);
// Of salt and password (UTF-16), then of the round's number and the last hash, again and again.
std::string spun_hash(const std::string& hash, const std::string& salt, std::string_view password, int rounds);
// Without padding; start: the first block of CBC, "" for ECB.
std::string aes_decrypted(std::string_view bytes, const std::string& key, const std::string& start);
// The size that an encrypted package begins with.
std::uint64_t package_bytes(std::string_view package);

}  // namespace fragua::documents::extractors
