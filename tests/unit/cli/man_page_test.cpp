#include "cli/man_page.h"

#include <doctest/doctest.h>

#include "base/files.h"
#include "base/strings.h"
#include "cli/help.h"

using namespace fragua::cli;

TEST_CASE("man page: the packaged page is the generated one") {
  const auto packaged = fragua::read_file(fragua::fs::path(FRAGUA_SOURCE_DIR) / "packaging/fragua.1");
  const bool same = packaged == man_page(command_table(), FRAGUA_VERSION);
  CHECK_MESSAGE(same, "write it again: fragua man > packaging/fragua.1");
}

TEST_CASE("man page: every command has its part") {
  const auto page = man_page(command_table(), "1.2.3");
  CHECK(page.find("\"fragua 1.2.3\"") != std::string::npos);
  for (const auto& command : command_table()) CHECK(page.find(".SS fragua " + command.name) != std::string::npos);
}

TEST_CASE("man page: no text is taken for a request of roff") {
  const CommandSpec command{"x", {}, ".starts with a dot", "a\\b", {}, {}, {}};
  const auto page = man_page({command}, "1");
  CHECK(page.find("\n\\&.starts with a dot") != std::string::npos);
  CHECK(page.find("a\\eb") != std::string::npos);
}
