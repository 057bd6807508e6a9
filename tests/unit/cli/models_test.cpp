#include "cli/models.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;
using namespace std::chrono_literals;

namespace {

const auto kNow = SystemTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + 10h);

json::object tags() {
  return parse_json(R"({"models":[
    {"name":"qwen2.5-coder:1.5b","digest":"d7372fd828518cabcabcabc","size":1117320768,"modified_at":"2026-11-21T08:00:00Z"},
    {"name":"Search-NLP:latest","digest":"sha256:0123456789abcdef","size":46000,"modified_at":"2026-11-20T09:00:00+00:00"}]})")
      .as_object();
}

}  // namespace

TEST_CASE("list: the columns of Ollama's list") {
  CHECK(models_table(models_named(tags(), ""), kNow) ==
        "NAME                  ID              SIZE      MODIFIED\n"
        "qwen2.5-coder:1.5b    d7372fd82851    1.1 GB    2 hours ago\n"
        "Search-NLP:latest     0123456789ab    46 KB     25 hours ago\n");
  CHECK(models_table({}, kNow) == "NAME    ID    SIZE    MODIFIED\n");
}

TEST_CASE("list: a prefix chooses, in any case") {
  CHECK(models_named(tags(), "search").size() == 1);
  CHECK(models_named(tags(), "QWEN").size() == 1);
  CHECK(models_named(tags(), "x").empty());
}

TEST_CASE("ps: processor, context and the time that is left") {
  struct Case {
    const char* fields;
    const char* processor;
    const char* until;
  };
  const Case cases[] = {
      {R"("size":1000,"size_vram":0,"expires_at":"2026-11-21T10:04:30Z")", "100% CPU", "4 minutes from now"},
      {R"("size":1000,"size_vram":1000,"expires_at":"2318-01-01T00:00:00Z")", "100% GPU", "Forever"},
      {R"("size":1000,"size_vram":250,"expires_at":"2026-11-21T09:59:59Z")", "75%/25% CPU/GPU", "Stopping..."},
      {R"("size":1000,"size_vram":2000)", "Unknown", "Never"}};
  for (const auto& [fields, processor, until] : cases) {
    const auto model =
        parse_json(R"({"name":"m","digest":"0123456789abcdef","context_length":4096,)" + std::string(fields) + "}");
    CHECK(running_table({model.as_object()}, kNow) == table({{"NAME", "ID", "SIZE", "PROCESSOR", "CONTEXT", "UNTIL"},
                                                             {"m", "0123456789ab", "1 KB", processor, "4096", until}}));
  }
}
