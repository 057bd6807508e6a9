#include "cli/word_wrap.h"

#include "base/strings.h"
#include "cli/format.h"

namespace fragua::cli {

std::string WordWrap::feed(std::string_view piece) {
  if (columns_ == 0) return std::string(piece);
  const std::string text = incomplete_ + std::string(piece);
  const auto complete = complete_utf8_length(text);
  incomplete_ = text.substr(complete);
  std::string_view rest(text.data(), complete);
  std::string out;
  while (!rest.empty()) {
    const auto before = rest;
    const auto character = take_character(rest);
    put(before.substr(0, before.size() - rest.size()), character_width(character), out);
  }
  return out;
}

void WordWrap::put(std::string_view character, std::size_t width, std::string& out) {
  if (character == "\n" || character == " " || character == "\t") {
    word_.clear();
    word_width_ = 0;
    const bool full = character != "\n" && column_ + 1 >= columns_;
    out += full ? "\n" : character;
    column_ = character == "\n" || full ? 0 : column_ + 1;
    return;
  }
  if (column_ + width > columns_ && word_width_ < column_) {
    // Back over the beginning of the word, clear to the end of the line, and on.
    if (word_width_ > 0) out += "\x1b[" + std::to_string(word_width_) + "D\x1b[K";
    out += "\n" + word_;
    column_ = word_width_;
  } else if (column_ + width > columns_) {  // one word longer than a line: cut it
    out += "\n";
    column_ = 0;
    word_.clear();
    word_width_ = 0;
  }
  out += character;
  word_ += character;
  word_width_ += width;
  column_ += width;
}

}  // namespace fragua::cli
