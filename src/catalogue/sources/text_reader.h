// TextReader: the text of a stream as UTF-8, with the line and the column (in characters) of what comes next. Callers: the readers of
// sources. Threads: one; blocks. Holds a block of the text, never all of it.
// Where the first line ends in CR LF, every CR LF is one LF: a dump that went through Windows holds what it held before.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "catalogue/sources/byte_stream.h"
#include "catalogue/sources/text_decoder.h"

namespace fragua::catalogue {

constexpr std::size_t kCellMaxBytes = 16 << 20;
constexpr std::size_t kColumnsMax = 1600;
constexpr std::size_t kTablesMax = 10'000;

struct Position {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

// Error(invalid_argument) "line 12, column 5: …".
[[noreturn]] void fail_at(Position position, std::string_view what);

class TextReader {
 public:
  static constexpr int kEnd = -1;

  TextReader(std::unique_ptr<ByteStream> bytes, const std::string& encoding, TextDecoder::Noted noted);
  // The next byte, or kEnd.
  int peek() { return at_ < text_.size() || fill() ? static_cast<unsigned char>(text_[at_]) : kEnd; }
  int take() {
    const int byte = peek();
    if (byte != kEnd) skip(1);
    return byte;
  }
  // What is there without reading more, at least one byte; "" at the end.
  std::string_view ahead() { return at_ < text_.size() || fill() ? std::string_view(text_).substr(at_) : std::string_view(); }
  // Bytes of `ahead`.
  void skip(std::size_t bytes);
  // Up to one of the bytes of `stops` or the end, into `out` where it is given. Error: more than kCellMaxBytes in `out`.
  void take_until(std::string_view stops, std::string* out);
  Position position() const { return position_; }
  [[noreturn]] void fail(std::string_view what) const { fail_at(position_, what); }

 private:
  bool fill();
  void join_line_ends();

  std::unique_ptr<ByteStream> bytes_;
  TextDecoder decoder_;
  std::string text_;
  std::size_t at_ = 0;
  Position position_;
  std::optional<bool> crlf_;   // nothing: no line has ended yet
  bool held_return_ = false;   // a CR at the end of a block: LF may come
  bool ended_ = false;
};

}  // namespace fragua::catalogue
