#include "documents/extractors/office/agile_encryption.h"

#include <openssl/evp.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "base/strings.h"
#include "documents/extractors/extractor.h"
#include "documents/extractors/office/xml.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kSegmentBytes = 4096;
constexpr int kRoundsMax = 10'000'000;
constexpr std::uint64_t kPackageMaxBytes = 512ull << 20;
constexpr std::string_view kInputBlock("\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79", 8);
constexpr std::string_view kValueBlock("\xD7\xAA\x0F\x6D\x30\x61\x34\x4E", 8);
constexpr std::string_view kKeyBlock("\x14\x6E\x0B\xE7\xAB\xAC\xD0\xD6", 8);

[[noreturn]] void damaged() { throw Failure(FailureCode::damaged, "the document is damaged: its encryption does not add up"); }

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
  if (!bytes) damaged();
  return *bytes;
}

Key read_key(pugi::xml_node node) {
  Key key{bytes_of(node, "saltValue"), std::string(attribute(node, "hashAlgorithm")), std::size_t(number_attribute(node, "keyBits", 256)) / 8,
          std::size_t(number_attribute(node, "blockSize", 16))};
  if (attribute(node, "cipherAlgorithm") != "AES" || attribute(node, "cipherChaining") != "ChainingModeCBC" || key.block_bytes != 16)
    throw Failure(FailureCode::unsupported, "the document is encrypted in a way that cannot be read");
  if (key.key_bytes != 16 && key.key_bytes != 24 && key.key_bytes != 32) damaged();
  return key;
}

Context read_context(std::string_view info) {
  if (info.size() < 8 || info[0] != 4 || info[2] != 4)
    throw Failure(FailureCode::unsupported, "the document is encrypted in an old way that cannot be read: save it again with a current Office");
  const XmlDocument document{std::string(info.substr(8))};
  const auto encrypted = descendant(document.root(), "encryptedKey");
  Context context{read_key(child(document.root(), "keyData")), read_key(encrypted), number_attribute(encrypted, "spinCount", -1),
                  bytes_of(encrypted, "encryptedVerifierHashInput"), bytes_of(encrypted, "encryptedVerifierHashValue"), bytes_of(encrypted, "encryptedKeyValue")};
  if (context.rounds < 0 || context.rounds > kRoundsMax) damaged();
  return context;
}

std::string digest(const std::string& hash, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  const auto* type = EVP_get_digestbyname(hash.c_str());
  if (!type || EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &length, type, nullptr) != 1)
    throw Failure(FailureCode::unsupported, "the document is encrypted in a way that cannot be read");
  out.resize(length);
  return out;
}

std::string little_endian(std::uint32_t number) {
  return {char(number & 0xFF), char(number >> 8 & 0xFF), char(number >> 16 & 0xFF), char(number >> 24 & 0xFF)};
}

std::string fitted(std::string bytes, std::size_t length) {
  bytes.resize(length, '\x36');
  return bytes;
}

std::string decrypted(std::string_view bytes, const std::string& key, const std::string& start) {
  struct Release {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  const std::unique_ptr<EVP_CIPHER_CTX, Release> context(EVP_CIPHER_CTX_new());
  const auto* cipher = key.size() == 16 ? EVP_aes_128_cbc() : key.size() == 24 ? EVP_aes_192_cbc() : EVP_aes_256_cbc();
  const auto raw = [](const auto& text) { return reinterpret_cast<const unsigned char*>(text.data()); };
  std::string out(bytes.size() + 16, '\0');
  int length = 0;
  if (bytes.size() % 16 != 0 || EVP_DecryptInit_ex(context.get(), cipher, nullptr, raw(key), raw(start)) != 1) damaged();
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  if (EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length, raw(bytes), int(bytes.size())) != 1) damaged();
  out.resize(std::size_t(length));
  return out;
}

std::string password_hash(const Context& context, std::string_view password) {
  const auto wide = icu::UnicodeString::fromUTF8({password.data(), std::int32_t(password.size())});
  std::string text = context.password.salt;
  for (std::int32_t i = 0; i < wide.length(); ++i) text += {char(wide[i] & 0xFF), char(wide[i] >> 8)};
  auto hash = digest(context.password.hash, text);
  for (int i = 0; i < context.rounds; ++i) hash = digest(context.password.hash, little_endian(std::uint32_t(i)) + hash);
  return hash;
}

std::string opened(const Context& context, const std::string& hash, std::string_view block, const std::string& bytes) {
  const auto key = fitted(digest(context.password.hash, hash + std::string(block)), context.password.key_bytes);
  return decrypted(bytes, key, fitted(context.password.salt, context.password.block_bytes));
}

}  // namespace

std::optional<std::string> decrypt_agile(std::string_view info, std::string_view package, std::string_view password) {
  const auto context = read_context(info);
  const auto hash = password_hash(context, password);
  const auto input = opened(context, hash, kInputBlock, context.verifier_input);
  auto value = opened(context, hash, kValueBlock, context.verifier_value);
  const auto expected = digest(context.password.hash, input.substr(0, context.password.salt.size()));
  value.resize(std::min(value.size(), expected.size()));
  if (value != expected) return std::nullopt;
  const auto key = fitted(opened(context, hash, kKeyBlock, context.encrypted_key), context.package.key_bytes);

  if (package.size() < 8) damaged();
  std::uint64_t bytes = 0;
  for (std::size_t i = 8; i-- > 0;) bytes = bytes << 8 | static_cast<unsigned char>(package[i]);
  package.remove_prefix(8);
  if (bytes > kPackageMaxBytes || bytes > package.size()) damaged();
  std::string out;
  for (std::uint32_t segment = 0; !package.empty() && out.size() < bytes; ++segment) {
    const auto length = std::min(kSegmentBytes, package.size()) / 16 * 16;
    if (length == 0) break;
    out += decrypted(package.substr(0, length), key, fitted(digest(context.package.hash, context.package.salt + little_endian(segment)), 16));
    package.remove_prefix(length);
  }
  out.resize(std::min<std::uint64_t>(out.size(), bytes));
  return out;
}

}  // namespace fragua::documents::extractors
