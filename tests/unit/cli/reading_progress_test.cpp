#include "cli/reading_progress.h"

#include <doctest/doctest.h>

#include "base/clock.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

json::object document(std::string id, const char* state, int pages = 0, int done = 0) {
  return {{"id", id}, {"name", id + ".pdf"}, {"state", state}, {"bytes", 1000}, {"pages", pages}, {"pages_done", done}};
}

}  // namespace

TEST_CASE("reading progress: tells documents, pages per second and the time left") {
  ManualClock clock;
  ReadingProgress progress(clock.steady());
  progress.add(document("a", "received"));
  progress.add(document("b", "received"));
  CHECK(progress.line(clock.steady()) == "0 of 2 documents: a.pdf");
  CHECK_FALSE(progress.update(document("a", "extracting", 20, 0), clock.steady()));
  clock.advance(std::chrono::seconds(2));
  CHECK_FALSE(progress.update(document("a", "extracting", 20, 10), clock.steady()));
  CHECK(progress.line(clock.steady()) == "0 of 2 documents, 5.0 pages/s, 6s left: a.pdf, page 10 of 20");
  clock.advance(std::chrono::seconds(2));
  CHECK(progress.update(document("a", "indexed", 20, 20), clock.steady()));
  CHECK(progress.line(clock.steady()) == "1 of 2 documents, 5.0 pages/s, 4s left: b.pdf");
  CHECK_FALSE(progress.empty());
  CHECK(progress.update(document("b", "failed"), clock.steady()));
  CHECK(progress.empty());
}

TEST_CASE("reading progress: asks about the oldest few, in order") {
  ReadingProgress progress(SteadyTime{});
  for (int i = 0; i < 20; ++i) progress.add(document(std::to_string(i), "received"));
  CHECK(progress.next() == std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7"});
  progress.forget("2");
  CHECK(progress.next() == std::vector<std::string>{"0", "1", "3", "4", "5", "6", "7", "8"});
}

TEST_CASE("reading progress: a step is what moved, not what was asked") {
  ReadingProgress progress(SteadyTime{});
  progress.add(document("a", "received"));
  progress.update(document("a", "extracting", 5, 0), SteadyTime{});
  const auto before = progress.steps();
  progress.update(document("a", "extracting", 5, 0), SteadyTime{});
  CHECK(progress.steps() == before);
  progress.update(document("a", "extracting", 5, 1), SteadyTime{});
  CHECK(progress.steps() == before + 1);
  progress.forget("a");
  CHECK(progress.steps() == before + 2);
  CHECK_FALSE(progress.update(document("stranger", "indexed"), SteadyTime{}));
}
