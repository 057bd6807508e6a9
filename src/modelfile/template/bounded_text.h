// BoundedText: a growing text with a limit; going over it throws Error(too_large).
// Callers: executor (the output), functions and format (what they produce). Threads: one rendering's.
#pragma once
#include <string>
#include <string_view>

namespace fragua::modelfile {

class BoundedText {
 public:
  explicit BoundedText(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  void append(std::string_view text);
  void append(char c) { append(std::string_view(&c, 1)); }
  std::size_t size() const { return text_.size(); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t max_bytes_;
};

}  // namespace fragua::modelfile
