#include "base/sha256.h"

#include <doctest/doctest.h>

using namespace fragua;

TEST_CASE("sha256: has the vectors of its standard") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("sha256: in steps, and moved in between, it is the same") {
  const std::string text(1000, 'x');
  Sha256 first;
  first.update(text.substr(0, 63));
  Sha256 second = std::move(first);
  second.update("");
  second.update(text.substr(63));
  CHECK(second.hex() == sha256_hex(text));
}
