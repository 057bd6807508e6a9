#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "cli/format.h"

namespace fragua::cli {

namespace {

constexpr std::string_view kSpinner[] = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
constexpr auto kDrawEvery = std::chrono::milliseconds(100);
constexpr auto kRateWindow = std::chrono::seconds(5);
constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

int percent_of(const Bar& bar) {
  if (bar.total == 0) return bar.done ? 100 : 0;
  return int(double(std::min(bar.completed, bar.total)) * 100 / double(bar.total));
}

std::string time_left(const Bar& bar) {
  if (bar.bytes_per_second <= 0 || bar.completed >= bar.total) return "";
  const double seconds = double(bar.total - bar.completed) / bar.bytes_per_second;
  if (seconds > 99 * 3600) return "";
  return human_duration(std::chrono::seconds(std::int64_t(std::ceil(seconds))));
}

std::string gauge(double part, std::size_t cells) {
  const auto eighths = std::size_t(part * double(cells) * 8);
  const auto full = eighths / 8;
  std::string text;
  for (std::size_t i = 0; i < full; ++i) text += "█";
  text += kEighths[full < cells ? eighths % 8 : 0];
  const auto used = full + (full < cells && eighths % 8 != 0 ? 1 : 0);
  text.append(cells - used, ' ');
  return "▕" + text + "▏";
}

}  // namespace

std::string draw_bar(const Bar& bar, std::size_t columns) {
  const auto head = fmt::format("{}: {:3d}% ", bar.label, percent_of(bar));
  auto tail = bar.done ? fmt::format(" {}", human_bytes(bar.total))
                       : fmt::format(" {:>7}/{}", human_bytes(bar.completed), human_bytes(bar.total));
  if (!bar.done && bar.bytes_per_second > 0)
    tail += fmt::format("  {:>7}/s", human_bytes(std::uint64_t(bar.bytes_per_second)));
  if (const auto left = time_left(bar); !bar.done && !left.empty()) tail += fmt::format("  {:>6}", left);
  tail.append(display_width(tail) < 34 ? 34 - display_width(tail) : 0, ' ');
  const auto taken = display_width(head) + display_width(tail) + 3;  // the gauge's two edges, and the last column free
  if (columns < taken + 5) return std::string(clipped(head + tail, columns - std::min<std::size_t>(columns, 1)));
  const double part =
      bar.total == 0 ? (bar.done ? 1.0 : 0.0) : double(std::min(bar.completed, bar.total)) / double(bar.total);
  auto text = head + gauge(part, columns - taken) + tail;
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::string describe_bar(const Bar& bar) {
  if (bar.done) return fmt::format("{}: 100% ({})", bar.label, human_bytes(bar.total));
  auto text =
      fmt::format("{}: {}% ({} of {}", bar.label, percent_of(bar), human_bytes(bar.completed), human_bytes(bar.total));
  if (bar.bytes_per_second > 0) text += fmt::format(", {}/s", human_bytes(std::uint64_t(bar.bytes_per_second)));
  if (const auto left = time_left(bar); !left.empty()) text += fmt::format(", {} left", left);
  return text + ")";
}

void RateMeter::add(SteadyTime now, std::uint64_t completed) {
  if (!samples_.empty() && completed < samples_.back().completed) samples_.clear();  // started again
  samples_.push_back({now, completed});
  const auto recent =
      std::ranges::find_if(samples_, [now](const Sample& sample) { return now - sample.time <= kRateWindow; });
  const auto keep_from = recent == samples_.begin() ? recent : recent - 1;
  if (samples_.size() > 2) samples_.erase(samples_.begin(), std::min(keep_from, samples_.end() - 2));
}

double RateMeter::bytes_per_second() const {
  if (samples_.size() < 2) return 0;
  const auto seconds = std::chrono::duration<double>(samples_.back().time - samples_.front().time).count();
  return seconds < 0.2 ? 0 : double(samples_.back().completed - samples_.front().completed) / seconds;
}

Progress::Line& Progress::line_of(const std::string& label) {
  const auto found = std::ranges::find_if(lines_, [&](const Line& line) { return line.bar.label == label; });
  if (found != lines_.end()) return *found;
  lines_.emplace_back();
  lines_.back().bar.label = label;
  if (lines_.size() > 1 && !lines_[lines_.size() - 2].has_bar) lines_[lines_.size() - 2].bar.done = true;
  return lines_.back();
}

void Progress::step(const std::string& label) {
  const auto count = lines_.size();
  line_of(label);
  if (lines_.size() == count) return;
  if (settings_.terminal) return draw(true);
  settings_.write(label + "\n");
}

void Progress::bar(const std::string& label, std::uint64_t completed, std::uint64_t total) {
  const auto count = lines_.size();
  auto& line = line_of(label);
  const bool was_done = line.bar.done;
  line.has_bar = true;
  line.rate.add(settings_.now(), completed);
  line.bar.completed = completed;
  line.bar.total = total;
  line.bar.bytes_per_second = line.rate.bytes_per_second();
  line.bar.done = total > 0 && completed >= total;
  if (settings_.terminal) return draw(lines_.size() != count || was_done != line.bar.done);
  report(line);
}

void Progress::report(Line& line) {
  const auto tenth = std::uint64_t(percent_of(line.bar)) / 10;
  if (line.reported_tenth >= tenth + 1) return;
  line.reported_tenth = tenth + 1;
  settings_.write(describe_bar(line.bar) + "\n");
}

void Progress::tick() {
  if (!settings_.terminal || lines_.empty()) return;
  draw(false);
}

void Progress::finish() {
  if (finished_) return;
  finished_ = true;
  if (settings_.terminal && !lines_.empty()) draw(true);
  lines_.clear();
  drawn_ = 0;
}

void Progress::clear() {
  if (settings_.terminal && drawn_ > 0) settings_.write(fmt::format("\x1b[{}A\r\x1b[J", drawn_));
  lines_.clear();
  drawn_ = 0;
}

std::string Progress::text_of(const Line& line, std::size_t columns, bool last) const {
  if (line.has_bar) return draw_bar(line.bar, columns);
  const auto label = std::string(clipped(line.bar.label, columns - std::min<std::size_t>(columns, 4)));
  if (finished_ || !last) return label;
  return label + " " + std::string(kSpinner[frame_ % std::size(kSpinner)]);
}

void Progress::draw(bool force) {
  const auto now = settings_.now();
  if (!force && now - drawn_at_ < kDrawEvery) return;
  drawn_at_ = now;
  ++frame_;
  const auto columns = settings_.columns();
  std::string text = drawn_ > 0 ? fmt::format("\x1b[{}A\r", drawn_) : "";
  for (const auto& line : lines_) text += text_of(line, columns, &line == &lines_.back()) + "\x1b[K\n";
  settings_.write(text);
  drawn_ = lines_.size();
}

}  // namespace fragua::cli
