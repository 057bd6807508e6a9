#include "catalogue/sources/json_rows.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/strings.h"
#include "catalogue/sources/open.h"
#include "catalogue/sources/sink_table.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kSampleBytes = 32 << 20;

struct JsonRow {
  json::object object;
  Position at;
  std::size_t bytes = 0;
};

class ObjectReader {
 public:
  explicit ObjectReader(TextReader& reader) : reader_(reader) {
    skip_space();
    in_array_ = reader_.peek() == '[';
    if (in_array_) reader_.skip(1);
  }

  // Nothing: the end.
  std::optional<JsonRow> next() {
    if (ended_) return std::nullopt;
    skip_space();
    if (in_array_ && !first_ && reader_.peek() == ',') {
      reader_.skip(1);
      skip_space();
    } else if (ends()) {
      ended_ = true;
      return std::nullopt;
    } else if (in_array_ && !first_) {
      reader_.fail("\",\" or \"]\" is expected after an object");
    }
    first_ = false;
    return read_object();
  }

 private:
  void skip_space() {
    for (int c = reader_.peek(); c == ' ' || c == '\n' || c == '\t' || c == '\r'; c = reader_.peek()) reader_.skip(1);
  }

  bool ends() {
    if (!in_array_) return reader_.peek() == TextReader::kEnd;
    if (reader_.peek() == TextReader::kEnd) reader_.fail("the array is not closed: the file is cut off");
    if (reader_.peek() != ']') return false;
    reader_.skip(1);
    skip_space();
    if (reader_.peek() != TextReader::kEnd) reader_.fail("something follows the array");
    return true;
  }

  JsonRow read_object() {
    JsonRow row{{}, reader_.position()};
    if (reader_.peek() != '{') reader_.fail("a row is an object, {…}");
    json::parse_options options;
    options.max_depth = kJsonDepth;
    json::stream_parser parser({}, options);
    while (!parser.done()) {
      const auto text = reader_.ahead();
      if (text.empty()) fail_at(row.at, "an object begins here and never ends: the file is cut off");
      json::error_code error;
      const auto read = parser.write_some(text.data(), text.size(), error);
      row.bytes += read;
      reader_.skip(std::min(read, text.size()));
      if (error) reader_.fail("this is not JSON: " + error.message());
      if (row.bytes > kCellMaxBytes) fail_at(row.at, fmt::format("an object is longer than {} MiB", kCellMaxBytes >> 20));
    }
    row.object = std::move(parser.release().as_object());
    return row;
  }

  TextReader& reader_;
  bool in_array_ = false;
  bool first_ = true;
  bool ended_ = false;
};

// 16.5, not 1.65E1.
Cell cell_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return std::nullopt;
    case json::kind::string: return std::string(value.get_string());
    case json::kind::double_: return fmt::format("{}", value.get_double());
    default: return to_json(value);
  }
}

class RowTeller {
 public:
  RowTeller(RowSink& sink, const std::vector<JsonRow>& sample) : table_(sink, head_of_sample(sample)) {}

  bool wanted() const { return table_.wanted(); }
  void tell(const JsonRow& row) const {
    Cells cells(table_.head().columns.size());
    for (const auto& [key, value] : row.object) {
      const auto column = table_.find(key);
      if (!column)
        fail_at(row.at, fmt::format("the key \"{}\" is in none of the first {} rows: move this row to the front", std::string_view(key),
                                    kJsonSampleRows));
      if (table_.wants(*column)) cells[*column] = cell_of(value);
    }
    table_.row(std::move(cells));
  }

 private:
  static TableHead head_of_sample(const std::vector<JsonRow>& sample) {
    TableHead head{std::string(kRowsTable), {}};
    json::object seen;  // keeps the order in which they come
    for (const auto& row : sample)
      for (const auto& [key, value] : row.object) {
        if (!seen.emplace(key, nullptr).second) continue;
        head.columns.push_back({std::string(key), "", {}});
        if (head.columns.size() > kColumnsMax) fail_at(row.at, fmt::format("more than {} columns", kColumnsMax));
      }
    return head;
  }

  SinkTable table_;
};

}  // namespace

void JsonRows::read(RowSink& sink) {
  ObjectReader objects(*reader_);
  std::vector<JsonRow> sample;
  std::size_t bytes = 0;
  while (sample.size() < kJsonSampleRows && bytes < kSampleBytes) {
    auto row = objects.next();
    if (!row) break;
    bytes += row->bytes;
    sample.push_back(std::move(*row));
  }
  const RowTeller teller(sink, sample);
  if (!teller.wanted()) return;
  for (const auto& row : sample) teller.tell(row);
  sample.clear();
  while (const auto row = objects.next()) teller.tell(*row);
}

}  // namespace fragua::catalogue
