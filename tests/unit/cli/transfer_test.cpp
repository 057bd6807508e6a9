#include "cli/transfer.h"

#include <doctest/doctest.h>

#include "base/clock.h"

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("transfer: what the server reports becomes steps and bars") {
  ManualClock clock;
  std::string written;
  Progress progress({false, [] { return std::size_t(80); }, [&](std::string_view text) { written += text; },
                     [&] { return clock.steady(); }});
  for (const auto* line :
       {R"({"status":"pulling manifest"})", R"({"status":"pulling 6a","digest":"sha256:6a","total":1000})",
        R"({"status":"pulling 6a","digest":"sha256:6a","total":1000,"completed":1000})", R"({"digest":"sha256:6a"})",
        R"({"status":"success"})"})
    show_event(progress, parse_json(line).as_object());
  CHECK(written == "pulling manifest\npulling 6a: 0% (0 B of 1 KB)\npulling 6a: 100% (1 KB)\nsuccess\n");
}
