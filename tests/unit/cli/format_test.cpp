#include "cli/format.h"

#include <doctest/doctest.h>

using namespace fragua::cli;
using namespace std::chrono_literals;

namespace {
const auto kNow = SystemTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + 10h);
}

TEST_CASE("table: columns are as wide as their widest cell, and no line ends in spaces") {
  CHECK(table({{"NAME", "SIZE"}, {"qwen2.5-coder:1.5b", "1.1 GB"}, {"a", ""}}) ==
        "NAME                  SIZE\nqwen2.5-coder:1.5b    1.1 GB\na\n");
  CHECK(table({{"ñandú", "x"}, {"日本", "y"}}) == "ñandú    x\n日本     y\n");
  CHECK(table({{"stop", "1"}}, "  ") == "  stop    1\n");
  CHECK(table({}).empty());
}

TEST_CASE("human time: says ago and from now in the words Ollama uses") {
  struct Case {
    std::chrono::seconds ahead;
    const char* words;
  };
  const Case cases[] = {{0s, "Less than a second ago"},  {-1s, "1 second ago"},
                        {-59s, "59 seconds ago"},        {-60s, "About a minute ago"},
                        {-119s, "About a minute ago"},   {-10min, "10 minutes ago"},
                        {-1h, "About an hour ago"},      {-89min, "About an hour ago"},
                        {-30h, "30 hours ago"},          {-48h, "2 days ago"},
                        {-24h * 14, "2 weeks ago"},      {-24h * 60, "2 months ago"},
                        {-24h * 365 * 3, "3 years ago"}, {4min + 59s, "4 minutes from now"},
                        {24h * 365 * 100, "Forever"}};
  for (const auto& [ahead, words] : cases) CHECK(human_time(kNow + ahead, kNow) == words);
  CHECK(human_time(std::nullopt, kNow) == "Never");
}

TEST_CASE("RFC 3339: fractions and offsets are read, everything else is refused") {
  const auto ten = kNow;
  CHECK(parse_rfc3339("2026-11-21T10:00:00Z") == ten);
  CHECK(parse_rfc3339("2026-11-21T10:00:00.5Z") == ten + 500ms);
  CHECK(parse_rfc3339("2026-11-21T10:00:00.123456789Z") == ten + 123456789ns);
  CHECK(parse_rfc3339("2026-11-21T03:00:00.000000000-07:00") == ten);
  CHECK(parse_rfc3339("2026-11-21T12:30:00+02:30") == ten);
  CHECK(parse_rfc3339("2318-01-01T00:00:00Z") == SystemTime::max());
  for (const auto* wrong :
       {"", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-21", "2026-11-21T10:00:00",
        "2026-11-21T10:00:00Zx", "2026-11-21T10:00:00.Z", "2026-1-21T10:00:00Z"})
    CHECK_FALSE(parse_rfc3339(wrong).has_value());
}

TEST_CASE("durations: as Go prints them") {
  CHECK(go_duration(0ns) == "0s");
  CHECK(go_duration(17ns) == "17ns");
  CHECK(go_duration(1500ns) == "1.5µs");
  CHECK(go_duration(130079000ns) == "130.079ms");
  CHECK(go_duration(1234567891ns) == "1.234567891s");
  CHECK(go_duration(2s) == "2s");
  CHECK(go_duration(125500ms) == "2m5.5s");
  CHECK(go_duration(1h + 2min + 3s) == "1h2m3s");
  CHECK(go_duration(-2s) == "-2s");
}

TEST_CASE("counts of parameters: short, as models are named") {
  CHECK(human_count(8030261248) == "8.0B");
  CHECK(human_count(494032768) == "494.03M");
  CHECK(human_count(4500) == "4K");
  CHECK(human_count(12) == "12");
}

TEST_CASE("width: combining marks take no column, East Asian characters and emoji two, broken bytes one") {
  CHECK(display_width("forja") == 5);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("日本語") == 6);
  CHECK(display_width("🔥") == 2);
  CHECK(display_width("\xff\xfe") == 2);
  CHECK(clipped("日本語", 3) == "日");
  CHECK(clipped("abc", 10) == "abc");
}
