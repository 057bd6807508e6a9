// WordWrap: breaks streamed text at spaces to fit the terminal, character by character as it arrives.
// Callers: cli/answer. Threads: one. A word that turns out too long for the line is taken back from the screen and
// written on the next one, so nothing waits for the end of a word. Lines the text itself breaks stay as they are.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace fragua::cli {

class WordWrap {
 public:
  // 0 columns: no wrapping, the text passes as it is.
  explicit WordWrap(std::size_t columns) : columns_(columns) {}

  // What to write to the terminal for this piece. An incomplete UTF-8 character at its end waits for the next piece.
  std::string feed(std::string_view piece);

 private:
  void put(std::string_view character, std::size_t width, std::string& out);

  std::size_t columns_;
  std::size_t column_ = 0;
  std::string word_;  // the word at the end of the line, should it have to move
  std::size_t word_width_ = 0;
  std::string incomplete_;
};

}  // namespace fragua::cli
