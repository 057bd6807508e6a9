#include "catalogue/sources/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/strings.h"
#include "catalogue/sources/open.h"
#include "catalogue/sources/sink_table.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kSampleRows = 50;
constexpr std::string_view kSeparators = ",;\t|";

class CsvReader {
 public:
  CsvReader(TextReader& reader, char separator)
      : reader_(reader), separator_(separator), stops_{separator, '\n', '"'} {}

  // False: the end. Lines without anything are passed over.
  bool read_row(Cells& row) {
    while (reader_.peek() == '\n') reader_.skip(1);
    at_ = reader_.position();
    row.clear();
    if (reader_.peek() == TextReader::kEnd) return false;
    do {
      if (row.size() >= kColumnsMax) reader_.fail(fmt::format("more than {} columns", kColumnsMax));
      row.push_back(read_cell());
    } while (reader_.take() == separator_);
    return true;
  }
  // Where the row began.
  Position at() const { return at_; }

 private:
  Cell read_cell() {
    if (reader_.peek() == '"') return read_quoted();
    std::string text;
    reader_.take_until(stops_, &text);
    while (reader_.peek() == '"') {  // in the middle it is itself
      text += char(reader_.take());
      reader_.take_until(stops_, &text);
    }
    if (text.empty()) return std::nullopt;
    return text;
  }

  Cell read_quoted() {
    const auto at = reader_.position();
    std::string text;
    while (true) {
      reader_.skip(1);
      reader_.take_until("\"", &text);
      if (reader_.take() == TextReader::kEnd) fail_at(at, "a quote opens here and is never closed");
      if (reader_.peek() != '"') break;
      text += '"';
    }
    const int next = reader_.peek();
    if (next != separator_ && next != '\n' && next != TextReader::kEnd)
      reader_.fail(fmt::format("after a closing quote comes \"{}\" or the line's end; a quote in a text is written twice", separator_));
    return text;
  }

  TextReader& reader_;
  char separator_;
  std::string stops_;
  Position at_;
};

// Excel's first line, which says the separator. 0: it is not that.
char said_separator(std::string_view head) {
  return head.size() > 4 && head.starts_with("sep=") && kSeparators.find(head[4]) != std::string_view::npos ? head[4] : '\0';
}

// Rows of the head outside quotes, counted by how many cells the separator makes of them.
std::vector<std::size_t> counted_cells(std::string_view head, char separator) {
  std::vector<std::size_t> counts;
  std::size_t cells = 1;
  bool quoted = false, anything = false;
  for (const char c : head) {
    if (c == '"') quoted = !quoted;
    if (c == separator && !quoted) ++cells;
    if (c != '\n' || quoted) {
      anything = anything || c != '\r';
      continue;
    }
    if (anything) counts.push_back(std::exchange(cells, 1));
    anything = false;
    if (counts.size() == kSampleRows) return counts;
  }
  if (anything && counts.empty()) counts.push_back(cells);  // what the block cuts off counts only when it is all there is
  return counts;
}

// The one that cuts most rows into the same number of cells, more than one.
char best_separator(std::string_view head) {
  char best = ',';
  std::size_t best_rows = 0, best_cells = 1;
  for (const char separator : kSeparators) {
    const auto counts = counted_cells(head, separator);
    std::map<std::size_t, std::size_t> rows;
    for (const auto count : counts) ++rows[count];
    for (const auto& [cells, same] : rows) {
      if (cells == 1 || same < best_rows || (same == best_rows && cells <= best_cells)) continue;
      best = separator;
      best_rows = same;
      best_cells = cells;
    }
  }
  return best;
}

bool has_a_digit_first(std::string_view text) {
  const auto first = text.find_first_not_of("+-. \t$€");
  return first != std::string_view::npos && text[first] >= '0' && text[first] <= '9';
}

// Names are there, differ, and none of them begins like a number or a day.
bool names_columns(const Cells& row) {
  std::set<std::string_view> seen;
  return std::all_of(row.begin(), row.end(), [&](const Cell& cell) {
    return cell && !trimmed(*cell).empty() && !has_a_digit_first(*cell) && seen.insert(*cell).second;
  });
}

std::vector<Column> named_columns(const Cells& first, bool has_header) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < first.size(); ++i)
    columns.push_back({has_header ? std::string(trimmed(*first[i])) : "column_" + std::to_string(i + 1), "", {}});
  return columns;
}

void tell_row(const SinkTable& table, Cells row, Position at) {
  const auto columns = table.head().columns.size();
  if (row.size() != columns) fail_at(at, fmt::format("a row has {} values for {} columns", row.size(), columns));
  for (std::size_t i = 0; i < columns; ++i)
    if (!table.wants(i)) row[i].reset();
  table.row(std::move(row));
}

}  // namespace

CsvShape csv_shape(std::string_view head) {
  CsvShape shape;
  const char said = said_separator(head);
  if (said) head.remove_prefix(std::min(head.find('\n'), head.size()));
  shape.separator = said ? said : best_separator(head);
  TextReader reader(bytes_of(std::string(head)), "UTF-8", nullptr);
  Cells first;
  CsvReader(reader, shape.separator).read_row(first);
  shape.has_header = names_columns(first);
  return shape;
}

void CsvRows::read(RowSink& sink) {
  const std::string head(reader_->ahead());
  const auto shape = csv_shape(head);
  if (said_separator(head)) {
    reader_->take_until("\n", nullptr);
    reader_->take();
  }
  if (noted_)
    noted_(
        fmt::format("values separated by {}; {}", shape.separator == '\t' ? "tabs" : fmt::format("\"{}\"", shape.separator),
                    shape.has_header ? "the first line names the columns" : "no line names the columns: they are column_1, column_2, …"));
  CsvReader rows(*reader_, shape.separator);
  Cells row;
  if (!rows.read_row(row)) reader_->fail("there are no rows");
  const SinkTable table(sink, TableHead{std::string(kRowsTable), named_columns(row, shape.has_header)});
  if (!table.wanted()) return;
  if (!shape.has_header) tell_row(table, std::move(row), rows.at());
  while (rows.read_row(row)) tell_row(table, std::move(row), rows.at());
}

}  // namespace fragua::catalogue
