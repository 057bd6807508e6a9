#include "models/registry/md5.h"

#include <openssl/evp.h>

#include "base/error.h"

namespace fragua::models {

struct Md5::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Md5::Md5() : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context, EVP_md5(), nullptr) != 1)
    throw Error(ErrorCode::unsupported, "this machine's OpenSSL has no MD5, which the registry's upload needs");
}

Md5::~Md5() = default;

void Md5::update(std::string_view bytes) {
  CHECK_THAT(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

std::string Md5::digest() {
  std::string bytes(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  CHECK_THAT(EVP_DigestFinal_ex(state_->context, reinterpret_cast<unsigned char*>(bytes.data()), &length) == 1);
  bytes.resize(length);
  return bytes;
}

}  // namespace fragua::models
