// Small text helpers that several folders need: trimming, case, hex, base64, UTF-8 boundaries, sizes and durations.
// Callers: everyone. Threads: any; all functions are pure.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua {

std::string_view trimmed(std::string_view text);
std::string lowercase(std::string_view text);  // ASCII only
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
// Standard or URL alphabet, padding optional; nothing for anything else.
std::optional<std::string> from_base64(std::string_view text);
std::string percent_decoded(std::string_view text);
std::string percent_encoded(std::string_view text);

// How many leading bytes of `text` end on a whole UTF-8 character (an incomplete one at the end is left out).
std::size_t complete_utf8_length(std::string_view text);
bool is_valid_utf8(std::string_view text);
// Invalid bytes become U+FFFD.
std::string sanitized_utf8(std::string_view text);

// Go's duration syntax ("5m", "1h30m", "300ms", "-1s"); nothing if it is not one.
std::optional<std::chrono::nanoseconds> parse_go_duration(std::string_view text);
std::string human_bytes(std::uint64_t bytes);                      // "1.1 GB", decimal as Ollama prints
std::string human_duration(std::chrono::nanoseconds duration);    // "2m5s", "340ms"
// 2026-11-21T10:00:00.123456789Z
std::string rfc3339(std::chrono::system_clock::time_point time);

}  // namespace fragua
