// Console: where the commands write. Knows whether a person is there (terminal, width, colours) and writes at once.
// Callers: every command of cli/. Threads: the main one.
// Never colours what does not go to a terminal, nor when NO_COLOR is set.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "cli/environment.h"

namespace fragua::cli {

enum class Style { plain, bold, grey, red, green };

class Console {
 public:
  explicit Console(const Environment& environment);

  void out(std::string_view text) const;       // standard output
  void err(std::string_view text) const;       // standard error: progress, messages for people
  void out_line(std::string_view text) const;  // with a newline
  void err_line(std::string_view text) const;

  bool input_is_terminal() const { return input_is_terminal_; }
  bool output_is_terminal() const { return output_is_terminal_; }
  bool error_is_terminal() const { return error_is_terminal_; }
  // Columns of the terminal, 80 if it does not say.
  std::size_t width() const;

  // With escape codes where they are wanted on that stream.
  std::string styled_out(Style style, std::string_view text) const;
  std::string styled_err(Style style, std::string_view text) const;

  // Everything on standard input, at most `max_bytes`. Error: too_large, unavailable.
  std::string read_input(std::size_t max_bytes) const;

 private:
  bool input_is_terminal_;
  bool output_is_terminal_;
  bool error_is_terminal_;
  bool colours_;
};

}  // namespace fragua::cli
