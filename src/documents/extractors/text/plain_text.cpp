#include "documents/extractors/text/plain_text.h"

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "base/strings.h"
#include "documents/extractors/text/charset.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kWrappedFrom = 50;   // characters: shorter lines are verses, addresses, lists
constexpr std::size_t kWrappedTo = 140;    // longer ones were not broken by anybody
constexpr std::size_t kTogetherBytes = 1'000;
constexpr std::size_t kFlowingBytes = 4'000;
constexpr std::size_t kMarkerMax = 4;

// "- ", "* ", "• ", "12. ", "a) "
std::size_t marker_length(std::string_view line) {
  for (const std::string_view bullet : {"- ", "* ", "• ", "· ", "– ", "o "})
    if (line.starts_with(bullet)) return bullet.size();
  std::size_t i = 0;
  while (i < line.size() && i < kMarkerMax && ((line[i] >= '0' && line[i] <= '9') || (i == 0 && line[i] >= 'a' && line[i] <= 'z'))) ++i;
  const bool ends = i > 0 && i + 1 < line.size() && (line[i] == '.' || line[i] == ')') && line[i + 1] == ' ';
  return ends ? i + 2 : 0;
}

class Paragraph {
 public:
  explicit Paragraph(BlockJoiner& joiner) : joiner_(joiner) {}

  void add(const std::string& line) { lines_.push_back(line); }

  void end() {
    if (lines_.empty()) return;
    const auto items = std::size_t(std::count_if(lines_.begin(), lines_.end(), [](const auto& line) { return marker_length(line) > 0; }));
    if (items == lines_.size() || (items > 1 && marker_length(lines_.front()) > 0)) {
      tell_items();
    } else {
      joiner_.flush();
      tell_lines();
    }
    lines_.clear();
  }

 private:
  // What most of the lines of text are long at most.
  std::size_t usual_width() const {
    std::vector<std::size_t> lengths;
    for (const auto& line : lines_)
      if (const auto length = count_characters(line); length >= kWrappedFrom) lengths.push_back(length);
    if (lengths.empty()) return 0;
    const auto at = long(lengths.size() * 8 / 10);
    std::nth_element(lengths.begin(), lengths.begin() + at, lengths.end());
    return lengths[std::size_t(at)];
  }

  // Lines that were broken to fit a width go on after every line that fills it; of others, long ones are paragraphs without empty lines
  // between them, and short ones stay together, within bounds.
  void tell_lines() {
    const auto width = usual_width();
    const bool broken = width >= kWrappedFrom && width <= kWrappedTo;
    std::string flowing, together;
    const auto end_together = [&] { joiner_.paragraph(std::exchange(together, "")); };
    for (const auto& line : lines_) {
      const auto length = count_characters(line);
      const bool fills = broken && length * 10 >= width * 7 && length * 10 <= width * 13;
      if (!fills && flowing.empty() && length <= kWrappedTo) {
        together += line + "\n";
        if (together.size() > kTogetherBytes) end_together();
        continue;
      }
      end_together();
      flowing += (flowing.empty() ? "" : " ") + line;
      if (!fills || flowing.size() > kFlowingBytes) joiner_.paragraph(std::exchange(flowing, ""));
    }
    end_together();
    joiner_.paragraph(flowing);
  }

  void tell_items() {
    std::string item, marker;
    const auto tell = [&] {
      if (!item.empty()) joiner_.item(item, marker, 0);
    };
    for (const auto& line : lines_) {
      const auto length = marker_length(line);
      if (length == 0) {
        item += " " + line;
        continue;
      }
      tell();
      item = line.substr(length);
      marker = line[0] >= '0' && line[0] <= '9' ? line.substr(0, length - 1) : "";
    }
    tell();
  }

  BlockJoiner& joiner_;
  std::vector<std::string> lines_;
};

}  // namespace

void tell_plain_text(std::string_view text, BlockJoiner& joiner) {
  Paragraph paragraph(joiner);
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\n\f"), text.size());
    const auto line = tidy_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) {
      paragraph.end();
    } else {
      paragraph.add(line);
    }
  }
  paragraph.end();
  joiner.flush();
}

void PlainTextExtractor::extract(const Request& request, Output& output) {
  auto text = decode_text(read_file(request.file, request.text_max_bytes));
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  output.document({"txt", "text/plain"});
  BlockJoiner joiner(output);
  tell_plain_text(text, joiner);
}

}  // namespace fragua::documents::extractors
