// What a spreadsheet shows of a number: dates, times and percentages by the cell's number format, else the number itself.
// Callers: office/xlsx. Threads: any; pure.
#pragma once
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

enum class NumberKind { number, date, time, date_time, percent };

// From a format's code ("dd/mm/yyyy", "0.0%"), or a built-in format's number where the code is empty.
NumberKind number_kind(int format_id, std::string_view code);
// Dates as 2024-03-01, times as 08:30; days are counted from 1900, or from 1904 as old Macs did.
std::string shown_number(double value, NumberKind kind, bool since_1904 = false);

}  // namespace fragua::documents::extractors
