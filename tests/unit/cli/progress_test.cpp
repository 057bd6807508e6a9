#include "cli/progress.h"

#include <doctest/doctest.h>

#include "base/clock.h"
#include "base/strings.h"
#include "cli/format.h"

using namespace fragua::cli;
using namespace std::chrono_literals;

namespace {

struct Screen {
  fragua::ManualClock clock;
  std::string written;
  ProgressSettings settings(bool terminal) {
    return {terminal, [] { return std::size_t(80); }, [this](std::string_view text) { written += text; },
            [this] { return clock.steady(); }};
  }
};

}  // namespace

TEST_CASE("bar: says percent, sizes, rate and the time that is left") {
  const Bar bar{"pulling 6a0746a1ec1a", 500'000'000, 1'000'000'000, 25'000'000, false};
  const auto text = draw_bar(bar, 100);
  CHECK(text.starts_with("pulling 6a0746a1ec1a:  50% ▕"));
  CHECK(text.find("500 MB/1.0 GB") != std::string::npos);
  CHECK(text.find("25 MB/s") != std::string::npos);
  CHECK(text.ends_with("20s"));
  CHECK(describe_bar(bar) == "pulling 6a0746a1ec1a: 50% (500 MB of 1.0 GB, 25 MB/s, 20s left)");
}

TEST_CASE("bar: fits any width, and is full when it is done") {
  for (std::size_t columns = 1; columns < 160; ++columns) {
    const Bar half{"pulling 6a0746a1ec1a", 500, 1000, 10, false};
    CHECK(display_width(draw_bar(half, columns)) < std::max<std::size_t>(columns, 2));
  }
  const Bar done{"x", 1000, 1000, 10, true};
  CHECK(draw_bar(done, 80).find("100% ▕█") != std::string::npos);
  CHECK(draw_bar(done, 80).find("/s") == std::string::npos);
  CHECK(describe_bar(done) == "x: 100% (1 KB)");
}

TEST_CASE("rate: of the last seconds, and started again when the count falls back") {
  RateMeter rate;
  const auto start = fragua::SteadyTime(1h);
  rate.add(start, 0);
  CHECK(rate.bytes_per_second() == 0);
  rate.add(start + 1s, 1000);
  CHECK(rate.bytes_per_second() == doctest::Approx(1000));
  for (int i = 2; i <= 20; ++i) rate.add(start + std::chrono::seconds(i), std::uint64_t(1000 + (i - 1) * 10));
  CHECK(rate.bytes_per_second() == doctest::Approx(10));
  rate.add(start + 21s, 5);
  CHECK(rate.bytes_per_second() == 0);
}

TEST_CASE("progress: without a terminal there are plain lines, one for ten percent at most") {
  Screen screen;
  Progress progress(screen.settings(false));
  progress.step("pulling manifest");
  progress.step("pulling manifest");
  for (std::uint64_t i = 0; i <= 1000; ++i) {
    screen.clock.advance(10ms);
    progress.bar("pulling 6a", i, 1000);
  }
  progress.step("success");
  progress.tick();
  progress.finish();
  CHECK(screen.written.find('\x1b') == std::string::npos);
  const auto lines = fragua::split(screen.written, '\n');
  CHECK(lines.size() == 1 + 11 + 1 + 1);
  CHECK(lines[0] == "pulling manifest");
  CHECK(lines[1].starts_with("pulling 6a: 0% (0 B of 1 KB"));
  CHECK(lines[11] == "pulling 6a: 100% (1 KB)");
  CHECK(lines[12] == "success");
}

TEST_CASE("progress: on a terminal the lines are drawn over, at most ten times a second") {
  Screen screen;
  Progress progress(screen.settings(true));
  progress.step("pulling manifest");
  progress.bar("pulling 6a", 0, 1000);
  CHECK(screen.written.find("\x1b[1A\r") != std::string::npos);
  screen.written.clear();
  for (std::uint64_t i = 1; i < 100; ++i) {
    screen.clock.advance(1ms);
    progress.bar("pulling 6a", i, 1000);
  }
  CHECK(screen.written.empty());
  screen.clock.advance(100ms);
  progress.tick();
  CHECK(screen.written.starts_with("\x1b[2A\r"));
  screen.written.clear();
  progress.clear();
  CHECK(screen.written == "\x1b[2A\r\x1b[J");
}
