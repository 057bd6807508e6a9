#include "catalogue/live_listener.h"

#include <doctest/doctest.h>

#include <atomic>

using namespace fragua;
using namespace fragua::catalogue;

// What a database tells is tested with a real one: tests/api/test_catalogue_live.py.
TEST_CASE("live listener: a database that is away is no change, and nobody waits for it at the end") {
  Log log(LogFormat::silent);
  std::atomic<int> changes = 0;
  { LiveListener listener({"tickets", Secret("postgresql://nobody@127.0.0.1:1/nothing"), "shop"}, [&] { ++changes; }, log); }
  CHECK(changes == 0);
}
