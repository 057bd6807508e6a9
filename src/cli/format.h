// How values look in the terminal: aligned tables, times in words, durations, widths of text in columns.
// Callers: the commands of cli/. Threads: any; pure functions.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::cli {

using SystemTime = std::chrono::system_clock::time_point;
using Row = std::vector<std::string>;

// Columns separated by four spaces, each as wide as its widest cell; no spaces at the ends of lines.
std::string table(const std::vector<Row>& rows, std::string_view indent = "");

// "3 minutes ago", "4 minutes from now", "Forever" for times a human will not see, "Never" for none.
std::string human_time(std::optional<SystemTime> time, SystemTime now);
// 2026-11-21T10:00:00.123456789Z or with an offset such as +01:00; nothing if it is something else or the year 1 (Go's
// zero).
std::optional<SystemTime> parse_rfc3339(std::string_view text);
// As Go prints it: "1.234567891s", "130.079ms", "2m5.5s".
std::string go_duration(std::chrono::nanoseconds duration);
// 8030261248 -> "8.0B", 494032768 -> "494.03M".
std::string human_count(std::uint64_t count);

// Columns that the text takes: combining marks none, East Asian characters and emoji two. Control characters count
// nothing.
std::size_t display_width(std::string_view text);
// The longest prefix of whole characters no wider than `columns`.
std::string_view clipped(std::string_view text, std::size_t columns);
// Reads the character at the front of `text` and removes it; invalid bytes come as U+FFFD, one at a time.
char32_t take_character(std::string_view& text);
std::size_t character_width(char32_t character);

}  // namespace fragua::cli
