#include "cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/error.h"

namespace fragua::cli {

namespace {

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return;  // the reader went away; there is nobody left to tell
    text.remove_prefix(std::size_t(written));
  }
}

std::string styled(Style style, std::string_view text, bool wanted) {
  if (!wanted || style == Style::plain || text.empty()) return std::string(text);
  const auto* code = style == Style::bold ? "1" : style == Style::grey ? "90" : style == Style::red ? "31" : "32";
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace

Console::Console(const Environment& environment)
    : input_is_terminal_(::isatty(STDIN_FILENO) == 1),
      output_is_terminal_(::isatty(STDOUT_FILENO) == 1),
      error_is_terminal_(::isatty(STDERR_FILENO) == 1),
      colours_(environment.variable("NO_COLOR").empty() && environment.variable("TERM") != "dumb") {}

void Console::out(std::string_view text) const { write_all(STDOUT_FILENO, text); }
void Console::err(std::string_view text) const { write_all(STDERR_FILENO, text); }
void Console::out_line(std::string_view text) const { out(std::string(text) + "\n"); }
void Console::err_line(std::string_view text) const { err(std::string(text) + "\n"); }

std::size_t Console::width() const {
  winsize size{};
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO})
    if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

std::string Console::styled_out(Style style, std::string_view text) const {
  return styled(style, text, colours_ && output_is_terminal_);
}

std::string Console::styled_err(Style style, std::string_view text) const {
  return styled(style, text, colours_ && error_is_terminal_);
}

std::string Console::read_input(std::size_t max_bytes) const {
  std::string all;
  std::array<char, 64 * 1024> piece;
  while (true) {
    const auto count = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EBADF) return all;  // started without a standard input
    if (count < 0) throw Error(ErrorCode::unavailable, "cannot read the standard input");
    if (count == 0) return all;
    all.append(piece.data(), std::size_t(count));
    if (all.size() > max_bytes)
      throw Error(ErrorCode::too_large, "the standard input is longer than " + std::to_string(max_bytes) + " bytes");
  }
}

}  // namespace fragua::cli
