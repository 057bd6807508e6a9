#include "documents/answer_writer.h"

#include <doctest/doctest.h>

using namespace fragua::documents;

TEST_CASE("answer control: cancelling reaches what runs now, and what begins after it") {
  AnswerControl control;
  int cancelled = 0;
  control.set([&] { ++cancelled; });
  control.cancel();
  CHECK(control.cancelled());
  CHECK(cancelled == 1);
  control.set([&] { cancelled += 10; });
  CHECK(cancelled == 11);
}
