// Question: what somebody asks, cut into words that know where they stand, and which of them are understood already.
// Callers: catalogue/question. Threads: one object, one thread at a time.
// Reads no more than kQuestionMaxBytes and kQuestionMaxWords; what comes after is not asked.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::catalogue {

constexpr std::size_t kQuestionMaxBytes = 2000;
constexpr std::size_t kQuestionMaxWords = 200;

struct Token {
  std::string word;                 // lower case without accents; "<", "-" between numbers, and signs of currencies stand alone
  std::size_t begin = 0, end = 0;   // bytes of the question
  std::optional<double> number;
  bool follows_break = false;       // a comma, full stop or the like stands before it
};

// Numbers keep their inner signs: "30,50", "15/03/2026", "21:30".
std::vector<Token> tokens_of(std::string_view text);

// Of tokens, the last one excluded.
struct Span {
  std::size_t first = 0, last = 0;
  bool operator==(const Span&) const = default;
};

class Question {
 public:
  explicit Question(std::string_view text);

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t at) const { return tokens_[at]; }
  // "" outside.
  std::string_view word(std::size_t at) const { return at < tokens_.size() ? std::string_view(tokens_[at].word) : std::string_view(); }
  std::optional<double> number(std::size_t at) const { return at < tokens_.size() ? tokens_[at].number : std::nullopt; }
  bool says(std::size_t at, std::string_view words) const;   // these words, separated by spaces, from here on

  bool is_free(std::size_t at) const { return at < tokens_.size() && !taken_[at]; }
  bool is_free(Span span) const;
  void take(Span span);
  // As it stands in the question.
  std::string text_of(Span span) const;

 private:
  std::string text_;
  std::vector<Token> tokens_;
  std::vector<bool> taken_;
};

}  // namespace fragua::catalogue
