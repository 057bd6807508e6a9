#include "documents/extractors/office/office_crypto.h"

#include <openssl/evp.h>
#include <unicode/unistr.h>

#include <memory>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::uint64_t kPackageMaxBytes = 512ull << 20;
constexpr std::size_t kBlockBytes = 16;

struct Release {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

const EVP_CIPHER* cipher_of(std::size_t key_bytes, bool chained) {
  if (key_bytes == 16) return chained ? EVP_aes_128_cbc() : EVP_aes_128_ecb();
  if (key_bytes == 24) return chained ? EVP_aes_192_cbc() : EVP_aes_192_ecb();
  return chained ? EVP_aes_256_cbc() : EVP_aes_256_ecb();
}

}  // namespace

void damaged_encryption() { throw Failure(FailureCode::damaged, "the document is damaged: its encryption does not add up"); }

std::string digest(const std::string& hash, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  const auto* type = EVP_get_digestbyname(hash.c_str());
  if (!type || EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &length, type, nullptr) != 1)
    throw Failure(FailureCode::unsupported, "the document is encrypted in a way that cannot be read");
  out.resize(length);
  return out;
}

std::string little_endian(std::uint32_t number) { return {char(number & 0xFF), char(number >> 8 & 0xFF), char(number >> 16 & 0xFF), char(number >> 24 & 0xFF)}; }

std::string spun_hash(const std::string& hash, const std::string& salt, std::string_view password, int rounds) {
  const auto wide = icu::UnicodeString::fromUTF8({password.data(), std::int32_t(password.size())});
  auto text = salt;
  for (std::int32_t i = 0; i < wide.length(); ++i) text += {char(wide[i] & 0xFF), char(wide[i] >> 8)};
  auto spun = digest(hash, text);
  for (int i = 0; i < rounds; ++i) spun = digest(hash, little_endian(std::uint32_t(i)) + spun);
  return spun;
}

std::string aes_decrypted(std::string_view bytes, const std::string& key, const std::string& start) {
  const std::unique_ptr<EVP_CIPHER_CTX, Release> context(EVP_CIPHER_CTX_new());
  const bool fits = (key.size() == 16 || key.size() == 24 || key.size() == 32) && bytes.size() % kBlockBytes == 0;
  const auto* first = start.empty() ? nullptr : raw(start);
  if (!fits || EVP_DecryptInit_ex(context.get(), cipher_of(key.size(), first != nullptr), nullptr, raw(key), first) != 1) damaged_encryption();
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  std::string out(bytes.size() + kBlockBytes, '\0');
  int length = 0;
  if (EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length, raw(bytes), int(bytes.size())) != 1) damaged_encryption();
  out.resize(std::size_t(length));
  return out;
}

std::uint64_t package_bytes(std::string_view package) {
  if (package.size() < 8) damaged_encryption();
  std::uint64_t bytes = 0;
  for (std::size_t i = 8; i-- > 0;) bytes = bytes << 8 | static_cast<unsigned char>(package[i]);
  if (bytes > kPackageMaxBytes || bytes > package.size()) damaged_encryption();
  return bytes;
}

}  // namespace fragua::documents::extractors
