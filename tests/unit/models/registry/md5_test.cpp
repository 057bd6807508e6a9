#include "models/registry/md5.h"

#include <doctest/doctest.h>

#include "base/strings.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("md5: the known answer, in steps") {
  Md5 md5;
  md5.update("message");
  md5.update(" digest");
  CHECK(to_hex(md5.digest()) == "f96b697d7cb7938d525a2f31aaf161d0");
  CHECK(to_hex(Md5().digest()) == "d41d8cd98f00b204e9800998ecf8427e");
}
