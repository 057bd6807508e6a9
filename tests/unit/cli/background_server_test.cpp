#include "cli/background_server.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/error.h"
#include "base/files.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "fragua-spawn-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
};

}  // namespace

TEST_CASE("background server: runs in a session of its own and appends to its log") {
  const Folder folder;
  const auto log = folder.path / "server.log";
  write_file_atomically(log, "before\n");
  const int pid = spawn_detached({"/bin/cat", "/proc/self/stat"}, log);
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  CHECK(WEXITSTATUS(status) == 0);
  const auto text = read_file(log);
  REQUIRE(text.starts_with("before\n"));
  // The fields of stat: pid (name) state parent group session …
  const auto id = std::to_string(pid);
  CHECK(text.find(id + " (cat) R ") != std::string::npos);
  CHECK(text.find(" " + id + " " + id + " ") != std::string::npos);
}

TEST_CASE("background server: a program that is not there is an error") {
  const Folder folder;
  CHECK_THROWS_AS(spawn_detached({"/nowhere/fragua", "serve"}, folder.path / "server.log"), Error);
}
