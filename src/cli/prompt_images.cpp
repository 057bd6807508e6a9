#include "cli/prompt_images.h"

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/strings.h"

namespace fragua::cli {

namespace {

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;  // in the prompt
  std::string text;     // without quotes and backslashes
};

// The next word from `at`: quotes and backslashes keep spaces inside it.
Word next_word(std::string_view prompt, std::size_t at) {
  Word word;
  at = std::min(prompt.find_first_not_of(" \t\r\n", at), prompt.size());
  word.begin = at;
  const char quote = at < prompt.size() && (prompt[at] == '"' || prompt[at] == '\'') ? prompt[at] : '\0';
  const bool closed = quote != '\0' && prompt.find(quote, at + 1) != std::string_view::npos;
  if (closed) {
    word.end = prompt.find(quote, at + 1) + 1;
    word.text = prompt.substr(at + 1, word.end - at - 2);
    return word;
  }
  for (; at < prompt.size() && std::string_view(" \t\r\n").find(prompt[at]) == std::string_view::npos; ++at) {
    if (prompt[at] == '\\' && at + 1 < prompt.size()) ++at;
    word.text += prompt[at];
  }
  word.end = at;
  return word;
}

bool is_image_path(std::string& text, const fs::path& home) {
  while (!text.empty() && std::string_view(",;:!?.)").find(text.back()) != std::string_view::npos) text.pop_back();
  static constexpr std::array<std::string_view, 4> kExtensions = {".png", ".jpg", ".jpeg", ".webp"};
  const auto lower = lowercase(text);
  if (std::ranges::none_of(kExtensions, [&](std::string_view extension) { return lower.ends_with(extension); }))
    return false;
  if (text.starts_with("~/")) text = (home / text.substr(2)).string();
  std::error_code ignored;
  return fs::is_regular_file(text, ignored);
}

}  // namespace

PromptImages take_images(std::string_view prompt, const fs::path& home) {
  PromptImages result;
  std::size_t copied = 0;
  for (auto word = next_word(prompt, 0); word.begin < prompt.size(); word = next_word(prompt, word.end)) {
    auto path = word.text;
    if (!is_image_path(path, home)) continue;
    result.names.push_back(fs::path(path).filename().string());
    result.images.push_back(read_file(path, kImageMaxBytes));
    result.text += prompt.substr(copied, word.begin - copied);
    // Punctuation after an unquoted path is not part of it and stays.
    if (const auto after = word.text.size() - std::min(word.text.size(), path.size());
        path == word.text.substr(0, path.size()))
      result.text += word.text.substr(word.text.size() - after);
    copied = word.end;
  }
  result.text += prompt.substr(copied);
  result.text = trimmed(result.text);
  return result;
}

bool begins_with_image(std::string_view prompt, const fs::path& home) {
  auto text = next_word(prompt, 0).text;
  return is_image_path(text, home);
}

}  // namespace fragua::cli
