#include "documents/chunker.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"

namespace fragua::documents {

namespace {

constexpr std::size_t kHeadingMaxBytes = 300;
constexpr std::int64_t kHeadingCharacters = 120;  // of one of the path
constexpr std::int64_t kWholeTable = 2;           // a table up to so many targets stays whole
constexpr std::int64_t kSectionPart = 4;          // a heading ends a chunk that has a fourth of the target

std::int64_t length_of(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

// The first `characters` of a text, on a space where there is one in the second half.
std::string_view cut(std::string_view text, std::int64_t characters) {
  std::size_t end = 0;
  for (std::int64_t count = 0; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) continue;
    if (count++ == characters) break;
  }
  const auto piece = text.substr(0, end);
  if (end == text.size()) return piece;
  const auto space = piece.find_last_of(" \n");
  return space == std::string_view::npos || space < end / 2 ? piece : piece.substr(0, space + 1);
}

bool ends_sentence(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n') return true;
  if (c != '.' && c != '?' && c != '!') return false;
  if (at + 1 < text.size() && text[at + 1] != ' ' && text[at + 1] != '\n') return false;
  // A capital or a single letter before a full stop is an initial or an abbreviation.
  return c != '.' || at < 2 || text[at - 2] != ' ';
}

}  // namespace

void HeadingPath::enter(int level, std::string_view text) {
  while (!levels_.empty() && levels_.back() >= level) {
    levels_.pop_back();
    texts_.pop_back();
  }
  levels_.push_back(level);
  texts_.emplace_back(cut(trimmed(text), kHeadingCharacters));
}

std::string HeadingPath::text() const {
  auto path = join(texts_, " › ");
  if (path.size() > kHeadingMaxBytes) path.resize(complete_utf8_length(std::string_view(path).substr(0, kHeadingMaxBytes)));
  return path;
}

void Chunker::take(const Block& block) {
  if (trimmed(block.text).empty()) return;
  const auto length = length_of(block.text);
  if (block.kind == Block::Kind::heading) {
    take_heading(block);
  } else if (block.kind == Block::Kind::table && length > sizes_.target) {
    take_table(block, length);
  } else if (length > sizes_.target) {
    take_long(block);
  } else {
    add(block.text, block.page, "\n\n");
  }
}

void Chunker::begin_apart() {
  flush();
  tail_.clear();
  path_ = {};
  if (count_ > 0) ++count_;
}

std::vector<Chunk> Chunker::take_ready() { return std::exchange(ready_, {}); }

std::vector<Chunk> Chunker::finish() {
  flush();
  return take_ready();
}

void Chunker::take_heading(const Block& block) {
  if (length_ >= sizes_.target / kSectionPart) {
    flush();
    tail_.clear();
  }
  path_.enter(std::max(block.level, 1), block.text);
  add(block.text, block.page, "\n\n");
}

void Chunker::take_long(const Block& block) {
  bool is_first = true;
  for (const auto sentence : sentences_of(block.text)) {
    for (auto rest = sentence; !rest.empty();) {
      const auto piece = cut(rest, sizes_.target);
      add(piece, block.page, is_first ? "\n\n" : "");
      is_first = false;
      rest.remove_prefix(piece.size());
    }
  }
}

// Whole, or in pieces that begin with the header (the first two lines of a Markdown table).
void Chunker::take_table(const Block& block, std::int64_t length) {
  flush();
  tail_.clear();
  if (length <= sizes_.target * kWholeTable) {
    add(block.text, block.page, "");
  } else {
    const auto lines = split(block.text, '\n');
    const bool has_header = lines.size() > 2 && lines[1].starts_with("|") && lines[1].find("---") != std::string::npos;
    const auto header = has_header ? lines[0] + "\n" + lines[1] : std::string();
    for (std::size_t i = has_header ? 2 : 0; i < lines.size(); ++i) add_row(lines[i], header, block.page);
  }
  flush();
  tail_.clear();
}

void Chunker::add_row(std::string_view row, const std::string& header, std::int64_t page) {
  if (length_ > 0 && length_ + length_of(row) > sizes_.target) flush();
  tail_.clear();
  if (length_ == 0 && !header.empty()) add(header, page, "");
  add(cut(row, sizes_.target), page, "\n");
}

void Chunker::add(std::string_view text, std::int64_t page, std::string_view separator) {
  const auto length = length_of(text);
  if (length_ > 0 && length_ + length > sizes_.target) flush();
  if (length_ == 0) begin(page, length);
  if (!open_.content.empty()) open_.content += separator;
  open_.content += text;
  length_ += length;
  open_.page_end = page;
}

// What was said last is said again, as far as it fits beside the new text.
void Chunker::begin(std::int64_t page, std::int64_t length) {
  open_ = {};
  open_.page = page;
  open_.heading = path_.text();
  if (tail_.empty() || tail_heading_ != open_.heading || length_of(tail_) + length > sizes_.target + sizes_.overlap) return;
  open_.content = tail_;
  open_.page = tail_page_;
}

void Chunker::flush() {
  const std::string text(trimmed(open_.content));
  if (length_ > 0 && !text.empty()) {
    open_.position = count_++;
    open_.content = text;
    keep_tail(open_);
    ready_.push_back(std::move(open_));
  }
  open_ = {};
  length_ = 0;
}

void Chunker::keep_tail(const Chunk& chunk) {
  const std::string_view text = chunk.content;
  const auto sentences = sentences_of(text);
  std::size_t bytes = 0;
  std::int64_t length = 0;
  for (auto sentence = sentences.rbegin(); sentence != sentences.rend(); ++sentence) {
    length += length_of(*sentence);
    if (length > sizes_.overlap) break;
    bytes += sentence->size();
  }
  tail_ = bytes == text.size() ? "" : std::string(text.substr(text.size() - bytes));
  if (!tail_.empty()) tail_ += ' ';
  tail_heading_ = chunk.heading;
  tail_page_ = chunk.page_end;
}

std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!ends_sentence(text, i)) continue;
    auto end = i + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\n')) ++end;
    sentences.push_back(text.substr(begin, end - begin));
    begin = end;
    i = end - 1;
  }
  if (begin < text.size()) sentences.push_back(text.substr(begin));
  return sentences;
}

std::string indexed_text(const std::string& title, const Chunk& chunk) {
  std::string text = title;
  if (!chunk.heading.empty() && chunk.heading != title) text += (text.empty() ? "" : "\n") + chunk.heading;
  return text + (text.empty() ? "" : "\n") + chunk.content;
}

}  // namespace fragua::documents
