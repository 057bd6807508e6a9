#include "documents/extractors/text/csv.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/files.h"
#include "base/strings.h"
#include "documents/extractors/text/charset.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::array<char, 4> kDelimiters{',', ';', '\t', '|'};
constexpr std::size_t kSampleRows = 50;
constexpr std::size_t kSampleBytes = 256 << 10;
constexpr std::size_t kColumnsMax = 2'000;

class Reader {
 public:
  Reader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  std::vector<Row> rows(std::size_t max) {
    std::vector<Row> rows;
    while (at_ < text_.size() && rows.size() < max) rows.push_back(row());
    return rows;
  }

 private:
  Row row() {
    Row row;
    while (true) {
      row.push_back(field());
      if (row.size() >= kColumnsMax) throw Failure(FailureCode::too_large, "the table has too many columns");
      if (at_ >= text_.size()) return row;
      const char end = text_[at_++];
      if (end == delimiter_) continue;
      if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
      return row;
    }
  }

  std::string field() {
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    const char ends[] = {delimiter_, '\n', '\r'};
    const auto end = std::min(text_.find_first_of(std::string_view(ends, 3), at_), text_.size());
    const auto text = text_.substr(at_, end - at_);
    at_ = end;
    return std::string(text);
  }

  std::string quoted() {
    std::string out;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c != '"') {
        out += c;
      } else if (at_ < text_.size() && text_[at_] == '"') {
        out += text_[at_++];
      } else {
        break;
      }
    }
    while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n' && text_[at_] != '\r') out += text_[at_++];
    return out;
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
};

// How many of the first rows have the commonest number of columns, and how many columns that is.
std::size_t score(std::string_view text, char delimiter) {
  std::map<std::size_t, std::size_t> widths;
  for (const auto& row : Reader(text, delimiter).rows(kSampleRows))
    if (row.size() > 1) ++widths[row.size()];
  std::size_t best = 0;
  for (const auto& [width, rows] : widths) best = std::max(best, rows * 100 + std::min<std::size_t>(width, 99));
  return best;
}

}  // namespace

char sniff_delimiter(std::string_view text) {
  const auto sample = text.substr(0, kSampleBytes);
  return *std::max_element(kDelimiters.begin(), kDelimiters.end(), [&](char a, char b) { return score(sample, a) < score(sample, b); });
}

std::vector<Row> parse_csv(std::string_view text, char delimiter) {
  std::string_view rest = text;
  // Excel's way of naming the delimiter
  if (rest.starts_with("sep=")) rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
  return Reader(rest, delimiter).rows(rest.size());
}

void CsvExtractor::extract(const Request& request, Output& output) {
  const auto text = decode_text(read_file(request.file, request.text_max_bytes));
  output.document({"csv", "text/csv"});
  tell_table({parse_csv(text, sniff_delimiter(text))}, output);
}

}  // namespace fragua::documents::extractors
