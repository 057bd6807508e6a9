#include "documents/extractors/office/standard_encryption.h"

#include <algorithm>

#include "documents/extractors/extractor.h"
#include "documents/extractors/office/office_crypto.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kRounds = 50'000;
constexpr const char* kHash = "SHA1";
constexpr std::size_t kHashBytes = 20;
constexpr std::size_t kSaltBytes = 16, kVerifierBytes = 16, kVerifierHashBytes = 32;
constexpr std::uint32_t kAes128 = 0x660E, kAes192 = 0x660F, kAes256 = 0x6610;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + 4) damaged_encryption();
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Version and flags, then the header with its length before it, then salt, verifier and the verifier's hash.
struct Info {
  std::size_t key_bytes = 0;
  std::string salt, verifier, verifier_hash;
};

Info read_info(std::string_view info) {
  const auto header = number_at(info, 8);
  const auto algorithm = number_at(info, 12 + 8);
  if (algorithm != kAes128 && algorithm != kAes192 && algorithm != kAes256)
    throw Failure(FailureCode::unsupported, "the document is encrypted in an old way that cannot be read: save it again with a current Office");
  const std::size_t at = 12 + std::size_t(header) + 4;
  if (info.size() < at || info.size() - at < kSaltBytes + kVerifierBytes + 4 + kVerifierHashBytes) damaged_encryption();
  const auto piece = [&](std::size_t from, std::size_t length) { return std::string(info.substr(at + from, length)); };
  return {number_at(info, 12 + 16) / 8, piece(0, kSaltBytes), piece(kSaltBytes, kVerifierBytes), piece(kSaltBytes + kVerifierBytes + 4, kVerifierHashBytes)};
}

std::string key_from(const Info& info, std::string_view password) {
  const auto hash = digest(kHash, spun_hash(kHash, info.salt, password, kRounds) + little_endian(0));
  std::string key;
  for (const char pad : {'\x36', '\x5C'}) {
    std::string block(64, pad);
    for (std::size_t i = 0; i < hash.size(); ++i) block[i] = char(block[i] ^ hash[i]);
    key += digest(kHash, block);
  }
  key.resize(std::min(key.size(), info.key_bytes));
  return key;
}

}  // namespace

std::optional<std::string> decrypt_standard(std::string_view info, std::string_view package, std::string_view password) {
  const auto read = read_info(info);
  const auto key = key_from(read, password);
  const auto expected = digest(kHash, aes_decrypted(read.verifier, key, ""));
  if (aes_decrypted(read.verifier_hash, key, "").substr(0, kHashBytes) != expected) return std::nullopt;
  const auto bytes = package_bytes(package);
  package.remove_prefix(8);
  auto out = aes_decrypted(package.substr(0, package.size() / 16 * 16), key, "");
  out.resize(std::min<std::uint64_t>(out.size(), bytes));
  return out;
}

}  // namespace fragua::documents::extractors
