#include "modelfile/template/bounded_text.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::modelfile;

TEST_CASE("bounded text: it takes what fits and refuses what does not, whole") {
  BoundedText text(5);
  text.append("abc");
  text.append('d');
  CHECK(text.size() == 4);
  CHECK_THROWS_WITH_AS(text.append("ef"), "the template produces too much text", Error);
  text.append("e");
  CHECK(text.take() == "abcde");
}
