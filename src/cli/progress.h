// Progress: the state of a long operation, drawn as a spinner and bars on a terminal and as plain lines elsewhere.
// Callers: pull, push, create, run (loading). Threads: the main one. Fed by what the server reports and by ticks of the
// clock. Never writes more than ten times a second to a terminal, nor more than one line for ten percent elsewhere.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::cli {

using SteadyTime = std::chrono::steady_clock::time_point;

// One line: "pulling 6a0746a1ec1a:  45% ▕████      ▏ 2.1 GB/4.7 GB   25 MB/s   1m43s"
struct Bar {
  std::string label;
  std::uint64_t completed = 0;
  std::uint64_t total = 0;
  double bytes_per_second = 0;  // 0: not known yet
  bool done = false;
};
std::string draw_bar(const Bar& bar, std::size_t columns);
// "pulling 6a0746a1ec1a: 45% (2.1 GB of 4.7 GB, 25 MB/s, 1m43s left)"
std::string describe_bar(const Bar& bar);

// Bytes per second over the last few seconds.
class RateMeter {
 public:
  void add(SteadyTime now, std::uint64_t completed);
  double bytes_per_second() const;

 private:
  struct Sample {
    SteadyTime time;
    std::uint64_t completed;
  };
  std::vector<Sample> samples_;
};

struct ProgressSettings {
  bool terminal = false;
  std::function<std::size_t()> columns;         // of the terminal; asked at every drawing, it may change
  std::function<void(std::string_view)> write;  // standard error
  std::function<SteadyTime()> now;
};

class Progress {
 public:
  explicit Progress(ProgressSettings settings) : settings_(std::move(settings)) {}

  // A step without numbers: the spinner turns in front of it until the next step.
  void step(const std::string& label);
  // A step with numbers, told apart by its label. `total` 0 means not known.
  void bar(const std::string& label, std::uint64_t completed, std::uint64_t total);
  void tick();    // turns the spinner
  void finish();  // all steps are done: draws the last state and leaves it on the screen
  void clear();   // takes everything from the screen

 private:
  struct Line {
    Bar bar;
    bool has_bar = false;
    RateMeter rate;
    std::uint64_t reported_tenth = 0;
  };
  Line& line_of(const std::string& label);
  void report(Line& line);  // plain
  void draw(bool force);    // terminal
  std::string text_of(const Line& line, std::size_t columns, bool last) const;

  ProgressSettings settings_;
  std::vector<Line> lines_;
  std::size_t drawn_ = 0;
  std::size_t frame_ = 0;
  SteadyTime drawn_at_{};
  bool finished_ = false;
};

}  // namespace fragua::cli
