#include "documents/extractors/ocr/recognizer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/strings.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr double kLeastConfidence = 25;  // of 100: below it are specks and lines of pictures
constexpr std::chrono::seconds kPageTime(90);  // some need ten; who waits for our next line gives up after 120
constexpr std::uint64_t kMemoryBytes = 2ull << 30;
constexpr std::size_t kTsvMaxBytes = 64 << 20;
constexpr std::size_t kColumns = 12;

struct Entry {
  int level = 0;
  int block = 0, paragraph = 0, line = 0;
  Box box;
  double confidence = 0;
  std::string text;
};

double number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<Entry> parse_entry(std::string_view row) {
  const auto cells = split(row, '\t');
  if (cells.size() < kColumns || cells[0] == "level") return std::nullopt;
  const auto whole = [&](std::size_t i) { return int(number(cells[i])); };
  Entry entry{whole(0), whole(2), whole(3), whole(4), {}, number(cells[10]), tidy_line(cells[11])};
  const double left = number(cells[6]), top = number(cells[7]);
  entry.box = {left, top, left + number(cells[8]), top + number(cells[9])};
  return entry;
}

// By the way from word to word.
int rotation_of(const std::vector<TextLine>& lines) {
  double right = 0, down = 0;
  for (const auto& line : lines)
    for (std::size_t i = 1; i < line.words.size(); ++i) {
      const auto &from = line.words[i - 1].box, &to = line.words[i].box;
      right += (to.x0 + to.x1 - from.x0 - from.x1) / 2;
      down += (to.y0 + to.y1 - from.y0 - from.y1) / 2;
    }
  if (std::abs(right) >= std::abs(down)) return right >= 0 ? 0 : 180;
  return down > 0 ? 90 : 270;
}

Box upright(const Box& box, const RecognizedPage& page) {
  switch (page.rotation) {
    case 90: return {box.y0, page.width - box.x1, box.y1, page.width - box.x0};
    case 180: return {page.width - box.x1, page.height - box.y1, page.width - box.x0, page.height - box.y0};
    case 270: return {page.height - box.y1, box.x0, page.height - box.y0, box.x1};
    default: return box;
  }
}

void turn_upright(RecognizedPage& page) {
  page.rotation = rotation_of(page.lines.lines);
  page.lines.measured_roughly = true;
  const bool lies = page.rotation % 180 != 0;
  page.lines.width = lies ? page.height : page.width;
  page.lines.height = lies ? page.width : page.height;
  for (auto& line : page.lines.lines) {
    for (auto& word : line.words) word.box = upright(word.box, page);
    measure(line);
    line.size = line.box.y1 - line.box.y0;  // words without ascenders or descenders are low; a line is hardly ever
  }
}

class Reader {
 public:
  void add(const Entry& entry) {
    if (entry.level == 1) {
      finish();
      pages_.emplace_back();
      pages_.back().width = entry.box.x1;
      pages_.back().height = entry.box.y1;
      weight_ = total_ = 0;
    }
    if (pages_.empty()) return;
    auto& lines = pages_.back().lines.lines;
    if (entry.level == 4) {
      lines.emplace_back();
      lines.back().group = entry.block * 1000 + entry.paragraph;
    }
    if (entry.level != 5 || entry.text.empty() || entry.confidence < kLeastConfidence || lines.empty()) return;
    lines.back().words.push_back({entry.text, entry.box});
    const auto characters = double(count_characters(entry.text));
    total_ += entry.confidence / 100 * characters;
    weight_ += characters;
  }

  std::vector<RecognizedPage> take() {
    finish();
    return std::move(pages_);
  }

 private:
  void finish() {
    if (pages_.empty()) return;
    auto& page = pages_.back();
    std::erase_if(page.lines.lines, [](const TextLine& line) { return line.words.empty(); });
    page.confidence = weight_ > 0 ? total_ / weight_ : 0;
    turn_upright(page);
  }

  std::vector<RecognizedPage> pages_;
  double total_ = 0, weight_ = 0;
};

// They become an argument of a program.
std::string checked_languages(const std::string& languages) {
  const bool good = !languages.empty() && std::all_of(languages.begin(), languages.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '+';
  });
  return good ? languages : "spa+eng";
}

}  // namespace

std::size_t RecognizedPage::words() const {
  std::size_t count = 0;
  for (const auto& line : lines.lines) count += line.words.size();
  return count;
}

Box RecognizedPage::back(const Box& box) const {
  const auto turned = [&]() -> Box {
    switch (rotation) {
      case 90: return {width - box.y1, box.x0, width - box.y0, box.x1};
      case 180: return {width - box.x1, height - box.y1, width - box.x0, height - box.y0};
      case 270: return {box.y0, height - box.x1, box.y1, height - box.x0};
      default: return box;
    }
  }();
  return in_fractions(turned, {width, height, {}});
}

std::vector<RecognizedPage> parse_tsv(std::string_view tsv) {
  Reader reader;
  while (!tsv.empty()) {
    const auto end = std::min(tsv.find('\n'), tsv.size());
    if (const auto entry = parse_entry(tsv.substr(0, end))) reader.add(*entry);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
  }
  return reader.take();
}

Recognizer::Recognizer(const Tools& tools, std::string languages) : tools_(tools), languages_(checked_languages(languages)) {}

std::vector<std::vector<RecognizedPage>> Recognizer::read(const std::vector<fs::path>& pictures, int dpi) const {
  std::vector<std::string> tables(pictures.size());
  std::vector<ToolCall> calls;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    // Mode 1 finds out which way up the page lies.
    ToolCall call{{"tesseract", pictures[i].string(), "stdout", "-l", languages_, "--psm", "1"}, "tesseract-ocr tesseract-ocr-spa tesseract-ocr-eng tesseract-ocr-osd"};
    if (dpi > 0) call.argv.insert(call.argv.end(), {"--dpi", std::to_string(dpi)});
    call.argv.push_back("tsv");
    call.time = kPageTime;
    call.memory_bytes = kMemoryBytes;
    call.on_output = [&table = tables[i]](std::string_view bytes) {
      if (table.size() + bytes.size() > kTsvMaxBytes) throw Failure(FailureCode::too_large, "a picture holds more text than a page can");
      table += bytes;
    };
    calls.push_back(std::move(call));
  }
  std::vector<std::vector<RecognizedPage>> pages;
  const auto results = tools_.run_together(calls);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto& result = results[i];
    if (result.timed_out) throw Failure(FailureCode::too_large, "finding the text of a picture took longer than allowed");
    if (result.errors.find("couldn't load any languages") != std::string::npos || result.errors.find("Could not initialize tesseract") != std::string::npos)
      throw Failure(FailureCode::tool_missing, "tesseract has no data for the languages " + languages_ + " (Debian: apt-get install tesseract-ocr-spa tesseract-ocr-eng)");
    if (result.status != 0) throw Failure(FailureCode::damaged, "the picture is damaged: it cannot be decoded");
    pages.push_back(parse_tsv(tables[i]));
  }
  return pages;
}

}  // namespace fragua::documents::extractors
