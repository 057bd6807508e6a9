#include "base/entropy.h"

#include <openssl/rand.h>

#include "base/error.h"

namespace fragua {

std::string random_bytes(std::size_t bytes) {
  std::string result(bytes, '\0');
  CHECK_THAT(RAND_bytes(reinterpret_cast<unsigned char*>(result.data()), int(bytes)) == 1);
  return result;
}

}  // namespace fragua
