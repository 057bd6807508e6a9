#include "cli/environment.h"

#include <doctest/doctest.h>

using namespace fragua::cli;

TEST_CASE("environment: the data folder follows FRAGUA_DATA, then XDG, then the home folder") {
  const char* home[] = {"HOME=/home/me", "EMPTY=", "ODD", nullptr};
  CHECK(read_environment(home).data_folder == "/home/me/.local/share/fragua");
  CHECK(read_environment(home).variable("EMPTY").empty());
  CHECK(read_environment(home).variable("ODD").empty());
  const char* xdg[] = {"HOME=/home/me", "XDG_DATA_HOME=/data", nullptr};
  CHECK(read_environment(xdg).data_folder == "/data/fragua");
  const char* own[] = {"XDG_DATA_HOME=/data", "FRAGUA_DATA=/own", "A=b=c", nullptr};
  CHECK(read_environment(own).data_folder == "/own");
  CHECK(read_environment(own).variable("A") == "b=c");
  CHECK(read_environment(nullptr).variables.empty());
}
