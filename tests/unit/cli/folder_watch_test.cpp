#include "cli/folder_watch.h"

#include <doctest/doctest.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::cli;
using fragua::tests::TemporaryFolder;

namespace {

Snapshot of(std::initializer_list<std::pair<const char*, std::uint64_t>> files) {
  Snapshot snapshot;
  for (const auto& [name, bytes] : files) snapshot[name] = {{name, name}, {bytes, {}}};
  return snapshot;
}

std::vector<std::string> names_of(const SettledFiles::Step& step) {
  std::vector<std::string> names;
  for (const auto& file : step.ready) names.push_back(file.name);
  return names;
}

}  // namespace

TEST_CASE("settled files: a file is ready when it was left alone for a while, and once") {
  ManualClock clock;
  SettledFiles files;
  auto step = files.take(of({{"a", 1}}), clock.steady());
  CHECK(step.ready.empty());
  CHECK(step.is_unsettled);
  clock.advance(std::chrono::seconds(1));
  CHECK(files.take(of({{"a", 2}}), clock.steady()).ready.empty());  // still written to
  clock.advance(std::chrono::seconds(1));
  CHECK(files.take(of({{"a", 2}}), clock.steady()).ready.empty());
  clock.advance(std::chrono::seconds(1));
  step = files.take(of({{"a", 2}}), clock.steady());
  CHECK(names_of(step) == std::vector<std::string>{"a"});
  CHECK_FALSE(step.is_unsettled);
  clock.advance(std::chrono::hours(1));
  CHECK(files.take(of({{"a", 2}}), clock.steady()).ready.empty());
}

TEST_CASE("settled files: a change makes it ready again, a removal is told once") {
  ManualClock clock;
  SettledFiles files;
  const auto settle = [&](const Snapshot& there) {
    files.take(there, clock.steady());
    clock.advance(SettledFiles::kSettle);
    return files.take(there, clock.steady());
  };
  CHECK(names_of(settle(of({{"a", 1}, {"b", 1}}))) == std::vector<std::string>{"a", "b"});
  CHECK(names_of(settle(of({{"a", 5}, {"b", 1}}))) == std::vector<std::string>{"a"});
  CHECK(files.take(of({{"b", 1}}), clock.steady()).gone == std::vector<std::string>{"a"});
  CHECK(files.take(of({{"b", 1}}), clock.steady()).gone.empty());
  files.again("b");
  CHECK(names_of(settle(of({{"b", 1}}))) == std::vector<std::string>{"b"});
}

TEST_CASE("settled files: what goes before it settled was never there") {
  ManualClock clock;
  SettledFiles files;
  files.take(of({{"a", 1}}), clock.steady());
  clock.advance(std::chrono::seconds(5));
  const auto step = files.take({}, clock.steady());
  CHECK(step.ready.empty());
  CHECK(step.gone.empty());
  CHECK_FALSE(step.is_unsettled);
}

TEST_CASE("folder watch: writing in the folder and in new folders of it is noticed") {
  const TemporaryFolder folder;
  FolderWatch watch(folder.path());
  CHECK_FALSE(watch.has_changed());
  write_file_atomically(folder.path() / "a.txt", "x");
  CHECK(watch.has_changed());
  CHECK_FALSE(watch.has_changed());
  fs::create_directories(folder.path() / "below");
  CHECK(watch.has_changed());
  write_file_atomically(folder.path() / "below/b.txt", "x");
  CHECK(watch.has_changed());
  CHECK(look_at(folder.path()).contains("below › b.txt"));
  fs::remove_all(folder.path() / "below");
  CHECK(watch.has_changed());
  CHECK(look_at(folder.path()).size() == 1);
}

TEST_CASE("folder watch: a folder that is not there, or goes away, is an error") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(FolderWatch(folder.path() / "nowhere"), Error);
  fs::create_directories(folder.path() / "short");
  FolderWatch watch(folder.path() / "short");
  fs::remove_all(folder.path() / "short");
  CHECK_THROWS_AS(watch.has_changed(), Error);
}
