#include "catalogue/sources/text_reader.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kBlockBytes = 64 << 10;

}  // namespace

void fail_at(Position position, std::string_view what) {
  throw Error(ErrorCode::invalid_argument, fmt::format("line {}, column {}: {}", position.line, position.column, what));
}

TextReader::TextReader(std::unique_ptr<ByteStream> bytes, const std::string& encoding, TextDecoder::Noted noted)
    : bytes_(std::move(bytes)), decoder_(encoding, std::move(noted)) {}

bool TextReader::fill() {
  at_ = 0;
  text_.clear();
  while (text_.empty() && !ended_) {
    std::array<char, kBlockBytes> block;
    const auto count = read_fully(*bytes_, block);
    ended_ = count < block.size();
    text_ = held_return_ ? "\r" : "";
    text_ += decoder_.decode(std::string_view(block.data(), count), ended_);
    held_return_ = !ended_ && text_.ends_with('\r');
    if (held_return_) text_.pop_back();
    join_line_ends();
  }
  return !text_.empty();
}

void TextReader::join_line_ends() {
  if (!crlf_) {
    const auto end = text_.find('\n');
    if (end == std::string::npos) return;
    crlf_ = end > 0 && text_[end - 1] == '\r';
  }
  if (!*crlf_) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n') continue;
    text_[kept++] = text_[i];
  }
  text_.resize(kept);
}

void TextReader::skip(std::size_t bytes) {
  for (const auto end = at_ + bytes; at_ < end; ++at_) {
    const char byte = text_[at_];
    if (byte == '\n') {
      ++position_.line;
      position_.column = 1;
    } else if ((byte & 0xC0) != 0x80) {  // not inside a character
      ++position_.column;
    }
  }
}

void TextReader::take_until(std::string_view stops, std::string* out) {
  for (auto text = ahead(); !text.empty(); text = ahead()) {
    const auto found = stops.size() == 1 ? text.find(stops.front()) : text.find_first_of(stops);
    const auto count = std::min(found, text.size());
    if (out && out->size() + count > kCellMaxBytes) fail(fmt::format("a value is longer than {} MiB", kCellMaxBytes >> 20));
    if (out) out->append(text.substr(0, count));
    skip(count);
    if (found != std::string_view::npos) return;
  }
}

}  // namespace fragua::catalogue
