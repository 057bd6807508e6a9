#include "documents/extractors/office/agile_encryption.h"

#include <algorithm>

#include "base/strings.h"
#include "documents/extractors/extractor.h"
#include "documents/extractors/office/office_crypto.h"
#include "documents/extractors/office/xml.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kSegmentBytes = 4096;
constexpr int kRoundsMax = 10'000'000;
constexpr std::string_view kInputBlock("\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79", 8);
constexpr std::string_view kValueBlock("\xD7\xAA\x0F\x6D\x30\x61\x34\x4E", 8);
constexpr std::string_view kKeyBlock("\x14\x6E\x0B\xE7\xAB\xAC\xD0\xD6", 8);

struct Key {
  std::string salt;
  std::string hash;  // OpenSSL's name
  std::size_t key_bytes = 32;
  std::size_t block_bytes = 16;
};

struct Context {
  Key package;
  Key password;
  int rounds = 0;
  std::string verifier_input, verifier_value, encrypted_key;
};

std::string bytes_of(pugi::xml_node node, std::string_view name) {
  const auto bytes = from_base64(attribute(node, name));
  if (!bytes) damaged_encryption();
  return *bytes;
}

Key read_key(pugi::xml_node node) {
  Key key{bytes_of(node, "saltValue"), std::string(attribute(node, "hashAlgorithm")), std::size_t(number_attribute(node, "keyBits", 256)) / 8,
          std::size_t(number_attribute(node, "blockSize", 16))};
  if (attribute(node, "cipherAlgorithm") != "AES" || attribute(node, "cipherChaining") != "ChainingModeCBC" || key.block_bytes != 16)
    throw Failure(FailureCode::unsupported, "the document is encrypted in a way that cannot be read");
  if (key.key_bytes != 16 && key.key_bytes != 24 && key.key_bytes != 32) damaged_encryption();
  return key;
}

Context read_context(std::string_view info) {
  if (info.size() < 8) damaged_encryption();
  const XmlDocument document{std::string(info.substr(8))};
  const auto encrypted = descendant(document.root(), "encryptedKey");
  Context context{read_key(child(document.root(), "keyData")), read_key(encrypted), number_attribute(encrypted, "spinCount", -1),
                  bytes_of(encrypted, "encryptedVerifierHashInput"), bytes_of(encrypted, "encryptedVerifierHashValue"), bytes_of(encrypted, "encryptedKeyValue")};
  if (context.rounds < 0 || context.rounds > kRoundsMax) damaged_encryption();
  return context;
}

std::string fitted(std::string bytes, std::size_t length) {
  bytes.resize(length, '\x36');
  return bytes;
}

std::string opened(const Context& context, const std::string& hash, std::string_view block, const std::string& bytes) {
  const auto key = fitted(digest(context.password.hash, hash + std::string(block)), context.password.key_bytes);
  return aes_decrypted(bytes, key, fitted(context.password.salt, context.password.block_bytes));
}

}  // namespace

std::optional<std::string> decrypt_agile(std::string_view info, std::string_view package, std::string_view password) {
  const auto context = read_context(info);
  const auto hash = spun_hash(context.password.hash, context.password.salt, password, context.rounds);
  const auto input = opened(context, hash, kInputBlock, context.verifier_input);
  auto value = opened(context, hash, kValueBlock, context.verifier_value);
  const auto expected = digest(context.password.hash, input.substr(0, context.password.salt.size()));
  value.resize(std::min(value.size(), expected.size()));
  if (value != expected) return std::nullopt;
  const auto key = fitted(opened(context, hash, kKeyBlock, context.encrypted_key), context.package.key_bytes);

  const auto bytes = package_bytes(package);
  package.remove_prefix(8);
  std::string out;
  for (std::uint32_t segment = 0; !package.empty() && out.size() < bytes; ++segment) {
    const auto length = std::min(kSegmentBytes, package.size()) / 16 * 16;
    if (length == 0) break;
    out += aes_decrypted(package.substr(0, length), key, fitted(digest(context.package.hash, context.package.salt + little_endian(segment)), 16));
    package.remove_prefix(length);
  }
  out.resize(std::min<std::uint64_t>(out.size(), bytes));
  return out;
}

}  // namespace fragua::documents::extractors
