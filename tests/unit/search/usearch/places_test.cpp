#include "search/usearch/places.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace fragua::search;

TEST_CASE("places: no two threads have the same one at once") {
  Places places(3);
  std::vector<std::atomic<int>> inside(3);
  std::atomic<bool> shared = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) {
        const Places::Taken place(places);
        if (inside[place.number()]++ != 0) shared = true;
        --inside[place.number()];
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK_FALSE(shared);
}
